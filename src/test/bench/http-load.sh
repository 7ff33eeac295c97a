#!/bin/sh
# Loads the HTTP server: 2,000 requests a second of /api/v1/status, then 5,000 events at once to 500 streams. Needs about a minute.
set -eu
cd "$(dirname "$0")/../../.."
./mvnw -q -DskipTests test-compile dependency:build-classpath -Dmdep.outputFile=target/bench.classpath
exec java -Xmx256m -XX:+UseSerialGC -cp "target/test-classes:target/classes:$(cat target/bench.classpath)" io.keepwatch.http.HttpBenchmark
