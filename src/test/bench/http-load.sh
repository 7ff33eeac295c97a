#!/usr/bin/env bash
# Loads the HTTP server: 2,000 requests a second of /api/v1/status to a daemon on one core, with changes that are backed up
# meanwhile; then 5,000 events at once to 500 streams, in one process. The client has the other cores. Needs about two minutes.
set -euo pipefail
cd "$(dirname "$0")/../../.."
work=$(mktemp -d -p "${TMPDIR:-/tmp}" keepwatch-bench-XXXXXX)
daemon=
trap '[ -z "$daemon" ] || kill "$daemon" 2> /dev/null || true; wait; rm -rf "$work"' EXIT
./mvnw -q -B -ntp -DskipTests -Dspotless.check.skip=true package
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
flags=(--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xmx256m -Xss512k)
mkdir "$work/tree"
port=$((20000 + RANDOM % 20000))
cat > "$work/keepwatch.yml" << END
host: bench
state: $work/state
roots: [{path: $work/tree, name: tree}]
http: {listen: "127.0.0.1:$port"}
END
chmod 600 "$work/keepwatch.yml"
taskset -c 0 "$java" "${flags[@]}" -jar target/keepwatch.jar run --config "$work/keepwatch.yml" > "$work/log" 2>&1 &
daemon=$!
for _ in $(seq 100); do
    curl -sf "http://127.0.0.1:$port/readyz" > /dev/null && break
    sleep 0.2
done
classes="target/test-classes:target/classes:target/lib/*"
taskset -c "1-$(($(nproc) - 1))" "$java" "${flags[@]}" -cp "$classes" io.keepwatch.http.LoadBenchmark "$port" "$work/tree"
kill "$daemon"
wait "$daemon" || true
daemon=
"$java" "${flags[@]}" -cp "$classes" io.keepwatch.http.StreamBenchmark
