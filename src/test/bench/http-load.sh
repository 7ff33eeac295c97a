#!/usr/bin/env bash
# Loads the HTTP server with the daemon's own JVM flags: 2,000 requests a second of /api/v1/status, then 5,000 events at once to
# 500 streams. Client and server share one process. Needs about a minute.
set -euo pipefail
cd "$(dirname "$0")/../../.."
./mvnw -q -B -ntp -DskipTests -Dspotless.check.skip=true package
"${JAVA_HOME:+$JAVA_HOME/bin/}java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xmx256m -Xss512k \
    -cp "target/test-classes:target/classes:target/lib/*" io.keepwatch.http.HttpBenchmark
