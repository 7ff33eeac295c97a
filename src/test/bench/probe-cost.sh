#!/usr/bin/env bash
# Measures what the probes cost: src/test/bench/probe-cost.sh [cycle|rest|latency|fill]… (default: all)
#   cycle    CPU of one read of every probe after warm-up, beside one scrape of Debian's prometheus-node-exporter
#   rest     CPU of the daemon with all probes at their intervals, over three minutes, ten minutes after its start
#   latency  the time from a new listener to its event
#   fill     the time from a file system that fills up to its event, on an ext4 on a loop device
# Run it as root on a quiet machine; the load is shown first.
set -euo pipefail
cd "$(dirname "$0")/../../.."
work=$(mktemp -d)
exporter=
trap '[ -z "$exporter" ] || kill "$exporter"; ! mountpoint -q "$work/fs" || umount "$work/fs"; rm -rf "$work"' EXIT
uptime
[ -n "${KEEPWATCH_CLASSPATH:-}" ] || ./mvnw -q -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true package
[ -n "${KEEPWATCH_CLASSPATH:-}" ] || ./mvnw -q -B -ntp -DskipTests -Dspotless.check.skip=true test-compile

bench() {
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:-UsePerfData -Xmx256m -Xss512k \
        -cp "${KEEPWATCH_CLASSPATH:-target/test-classes:target/classes:target/lib/*}" io.keepwatch.daemon.ProbeCostBenchmark "$@"
}

exporter_ticks() { awk '{ print $14 + $15 }' "/proc/$exporter/stat"; }

beside() {
    command -v prometheus-node-exporter > /dev/null || { echo "prometheus-node-exporter is not installed"; return; }
    prometheus-node-exporter --web.listen-address=127.0.0.1:19100 > "$work/exporter.log" 2>&1 &
    exporter=$!
    curl -s --retry 20 --retry-connrefused --retry-delay 1 -o /dev/null http://127.0.0.1:19100/metrics
    for _ in $(seq 20); do curl -s -o /dev/null http://127.0.0.1:19100/metrics; done
    local before after
    before=$(exporter_ticks)
    for _ in $(seq 100); do curl -s -o /dev/null http://127.0.0.1:19100/metrics; done
    after=$(exporter_ticks)
    kill "$exporter"
    exporter=
    awk -v ticks=$((after - before)) 'BEGIN { printf "%-32s %.1f ms\n", "prometheus-node-exporter, scrape", ticks * 10 / 100 }'
}

[ $# -gt 0 ] || set -- cycle rest latency fill
for what in "$@"; do
    case $what in
        cycle)
            bench cycle
            beside
            ;;
        rest) bench rest "$work" 180 ;;
        latency) bench latency "$work" ;;
        fill)
            truncate --size 64M "$work/fs.img"
            mkfs.ext4 -q "$work/fs.img"
            mkdir -p "$work/fs"
            mount -o loop "$work/fs.img" "$work/fs"
            bench fill "$work" "$work/fs"
            umount "$work/fs"
            ;;
    esac
done
