#!/usr/bin/env bash
# Measures the main job with the daemon's own JVM flags: src/test/bench/main-job.sh [FILES] [DIRECTORY]
# Makes FILES files of 4 KiB (default 100,000) in a new folder below DIRECTORY (default: the temporary folder), and removes it.
set -euo pipefail
cd "$(dirname "$0")/../../.."
files=${1:-100000}
work=$(mktemp -d -p "${2:-${TMPDIR:-/tmp}}" keepwatch-bench-XXXXXX)
trap 'rm -rf "$work"' EXIT
./mvnw -q -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true package
"${JAVA_HOME:+$JAVA_HOME/bin/}java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:-UsePerfData -Xmx256m -Xss512k \
    -cp "target/test-classes:target/classes:target/lib/*" io.keepwatch.daemon.MainJobBenchmark "$work" "$files"
