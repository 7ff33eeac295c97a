#!/usr/bin/env bash
# Measures bytes and requests of the pack layout, beside restic on the same files: src/test/bench/pack-size.sh [DIRECTORY]
# Needs restic (Debian package) and about 6 GB in DIRECTORY (default: the temporary folder), which it gives back.
set -euo pipefail
cd "$(dirname "$0")/../../.."
command -v restic > /dev/null || { echo "restic is missing: apt-get install restic" >&2; exit 2; }
work=$(mktemp -d -p "${1:-${TMPDIR:-/tmp}}" keepwatch-size-XXXXXX)
daemon=
stop() {
    [ -z "$daemon" ] || { kill "$daemon" 2> /dev/null && wait "$daemon" 2> /dev/null || true; }
    daemon=
}
trap 'stop; rm -rf "$work"' EXIT
export RESTIC_PASSWORD=measure RESTIC_REPOSITORY=$work/restic
tree=$work/tree
mkdir "$tree"

echo "making 20,000 files of 4 KiB of text, a log of 50 MB and a file of 1 GiB"
# Distinct pieces of what Debian documents and scripts say; the same list each time.
{
    find /usr/share/doc /usr/lib/python3 /usr/share/perl /usr/share/common-licenses -type f -size -2000k | LC_ALL=C sort \
        | xargs -d '\n' file --mime-type -F '' | sed -n 's/  *text\/[a-z-]*$//p' | xargs -d '\n' cat || true
} 2> /dev/null | head -c 81920000 > "$work/text"
split -b 4096 -a 5 -d "$work/text" "$work/piece-"
mkdir "$tree/text"
i=0
for piece in "$work"/piece-*; do
    dir=$tree/text/$((i / 100))
    [ -d "$dir" ] || mkdir "$dir"
    mv "$piece" "$dir/f$i.txt"
    i=$((i + 1))
done

config() {
    cat > "$work/keepwatch.yml" << END
host: measure
state: "$work/state"
roots: [{path: "$tree", name: tree}]
http: off
END
    chmod 600 "$work/keepwatch.yml"
}
kw() { ./keepwatch "$@" --config "$work/keepwatch.yml"; }
bytes() { find "$1" -type f -printf '%s\n' | awk '{sum += $1} END {print sum + 0}'; }
requests() { kw status --json | jq -r '.requests.since_start | to_entries | map("\(.value) \(.key)") | join(", ")' 2> /dev/null || kw status | sed -n 's/^requests *//p' | head -n 1; }
await() { until kw status 2> /dev/null | grep -q '^CURRENT'; do sleep 1; done; }
measure() { # name
    await
    local now restic_now
    now=$(bytes "$work/state/s3")
    restic -q backup "$tree" > /dev/null
    restic_now=$(bytes "$RESTIC_REPOSITORY")
    printf '%-40s keepwatch %12d bytes (%s)   restic %12d bytes\n' "$1" $((now - before)) "$(requests)" $((restic_now - restic_before))
    before=$now
    restic_before=$restic_now
}

./keepwatch --version > /dev/null
config
restic -q init
before=0
restic_before=$(bytes "$RESTIC_REPOSITORY")
(exec ./keepwatch run --config "$work/keepwatch.yml" > "$work/log" 2>&1) &
daemon=$!
sleep 2
measure "$i text files of 4 KiB"
head -c 37125000 /dev/urandom | base64 -w 100 > "$tree/app.log"
measure "a log of 50 MB"
head -c 742500 /dev/urandom | base64 -w 100 >> "$tree/app.log"
measure "1 MB appended to it"
head -c 1073741824 /dev/urandom > "$tree/disk.img"
measure "a random file of 1 GiB"
head -c 1048576 /dev/urandom | dd of="$tree/disk.img" bs=1 seek=500000123 conv=notrunc status=none
measure "1 MiB changed in it"
stop
