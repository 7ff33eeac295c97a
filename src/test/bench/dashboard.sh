#!/usr/bin/env bash
# Measures how long the pages of a daemon's dashboard take until they can be used, in Debian's chromium on loopback.
set -euo pipefail
cd "$(dirname "$0")/../../.."
work=$(mktemp -d -p "${TMPDIR:-/tmp}" keepwatch-bench-XXXXXX)
daemon=
trap '[ -z "$daemon" ] || kill "$daemon" 2> /dev/null || true; wait; rm -rf "$work"' EXIT
./mvnw -q -B -ntp -DskipTests -Dspotless.check.skip=true package
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
mkdir "$work/tree"
cp -r docs "$work/tree"
port=$((20000 + RANDOM % 20000))
cat > "$work/keepwatch.yml" << END
host: bench
state: $work/state
roots: [{path: $work/tree, name: tree}]
http: {listen: "127.0.0.1:$port"}
END
chmod 600 "$work/keepwatch.yml"
"$java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xmx256m -Xss512k \
    -jar target/keepwatch.jar run --config "$work/keepwatch.yml" > "$work/log" 2>&1 &
daemon=$!
for _ in $(seq 100); do
    curl -sf "http://127.0.0.1:$port/readyz" > /dev/null && break
    sleep 0.2
done
sleep 20 # until the first readings are there and the server's code is compiled
./mvnw -q -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath \
    -Dmdep.outputFile="$work/classes" -Dmdep.includeScope=test
"$java" -cp "target/test-classes:target/classes:$(cat "$work/classes")" io.keepwatch.daemon.DashboardBenchmark "$port"
