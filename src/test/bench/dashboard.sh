#!/usr/bin/env bash
# Measures how long the pages of a daemon's dashboard take until they can be used, in Debian's chromium on loopback.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. src/test/bench/daemon.sh
cp -r docs "$work/tree"
start_daemon
sleep 20 # until the first readings are there and the server's code is compiled
./mvnw -q -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath \
    -Dmdep.outputFile="$work/classes" -Dmdep.includeScope=test
"$java" -cp "target/test-classes:target/classes:$(cat "$work/classes")" io.keepwatch.daemon.DashboardBenchmark "$port"
