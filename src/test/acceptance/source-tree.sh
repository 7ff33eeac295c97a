#!/usr/bin/env bash
# Backs up a git checkout while another version is checked out in it, restores, and compares with rsync (bytes, times, modes,
# owners, links, ACLs, xattrs); then the same with the catalog rebuilt from the bucket alone.
#   src/test/acceptance/source-tree.sh CHECKOUT OTHER_VERSION      the checkout is changed; needs git and rsync
set -euo pipefail
keepwatch=$(cd "$(dirname "$0")/../../.." && pwd)/keepwatch
tree=$(cd "$1" && pwd)
other=$2
work=$(mktemp -d -t keepwatch-accept-XXXXXX)
config=$work/keepwatch.yml
daemon=
trap '[ -z "$daemon" ] || kill "$daemon" 2> /dev/null || true; rm -rf "$work"' EXIT
printf 'host: accept\nstate: %s/state\nroots: [{path: %s, name: tree}]\nhttp: off\n' "$work" "$tree" > "$config"
chmod 600 "$config"

start() {
    "$keepwatch" run --config "$config" 2>> "$work/daemon.log" &
    daemon=$!
}
stop() {
    kill "$daemon"
    wait "$daemon"
    daemon=
}
await_current() {
    local began=$SECONDS
    until "$keepwatch" status --config "$config" 2> /dev/null | grep -q '^CURRENT'; do
        [ $((SECONDS - began)) -lt 900 ] || { echo "not current after 900 s"; cat "$work/daemon.log"; exit 1; }
        sleep 1
    done
}
compare() {
    "$keepwatch" restore tree --to "$work/$1" --config "$config"
    local differences
    differences=$(rsync -aHAXnic --delete "$tree/" "$work/$1/")
    [ -z "$differences" ] || { echo "$1 differs:"; echo "$differences" | head -20; exit 1; }
    echo "$1: identical"
}

began=$SECONDS
start
await_current
echo "first backup: $(find "$tree" -type f | wc -l) files in $((SECONDS - began)) s"
git -C "$tree" checkout -q "$other"
began=$SECONDS
sleep 3
await_current
echo "after the checkout: current within $((SECONDS - began)) s"
compare restored
stop
rm "$work"/state/catalog.db*
"$keepwatch" rebuild --config "$config"
compare restored-after-rebuild
