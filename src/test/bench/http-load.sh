#!/usr/bin/env bash
# Loads the HTTP server: 2,000 requests a second of /api/v1/status to a daemon on one core, with changes that are backed up
# meanwhile; then 5,000 events at once to 500 streams, in one process. The client has the other cores. Needs about two minutes.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. src/test/bench/daemon.sh
start_daemon taskset -c 0
classes="target/test-classes:target/classes:target/lib/*"
taskset -c "1-$(($(nproc) - 1))" "$java" "${flags[@]}" -cp "$classes" io.keepwatch.http.LoadBenchmark "$port" "$work/tree"
stop_daemon
"$java" "${flags[@]}" -cp "$classes" io.keepwatch.http.StreamBenchmark
