#!/usr/bin/env bash
# Puts the files of all states of one kind into one text: "=== state", then for each file "--- path" and what it holds.
#
#   bundle.sh SCENARIO STATES TARGET KERNEL
set -euo pipefail
scenario=$1 states=$2 target=$3 kernel=$4

bundle() { # name glob files…
    local name=$1 glob=$2 state file
    shift 2
    {
        printf '# %s\n' "$(cat "$states/uname")"
        for tool in mdadm lvm btrfs zpool; do
            [ -e "$states/$tool-version" ] || continue
            printf '# %s: %s\n' "$tool" "$(grep -v '^ *$' "$states/$tool-version" | head -1 | tr -s ' ')"
        done
        for state in "$states"/$glob; do
            [ -d "$state" ] || continue
            printf '=== %s\n' "$(basename "$state")"
            (
                cd "$state"
                find . -type f | sort | while read -r file; do
                    for wanted in "$@"; do
                        # shellcheck disable=SC2053 # a pattern
                        if [[ ${file#./} == $wanted ]]; then
                            printf -- '--- %s\n' "${file#./}"
                            cat "$file"
                        fi
                    done
                done
            )
        done
    } > "$target/$name-linux-$kernel.txt"
}

case $scenario in
    arrays)
        bundle md '[!bl]*' proc/mdstat 'sys/block/md*/md/degraded' 'sys/block/md*/md/array_state' 'sys/block/md*/md/sync_action' \
            'sys/block/md*/md/last_sync_action' 'sys/block/md*/md/mismatch_cnt'
        bundle lvm 'lvm-*' lvs.json 'sys/block/dm-*/dm/uuid'
        bundle btrfs 'btrfs-*' device-stats.txt 'sys/fs/btrfs/*/label' 'sys/fs/btrfs/*/devinfo/*/missing' \
            'sys/fs/btrfs/*/devinfo/*/error_stats'
        ;;
    smart)
        for disk in sata nvme nvme-failing scsi; do
            cp "$states/smart-$disk.json" "$target/smart-$disk-qemu.json"
        done
        ;;
    zfs) bundle zfs 'zfs-*' status.json status.txt list.txt ;;
esac
