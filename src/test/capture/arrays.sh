# Runs in the virtual machine: brings arrays and volumes into one state after the other, and writes down what can be seen of it.
export MDADM_NO_UDEV=1
COLS=vg_name,lv_name,lv_attr,lv_size,origin,pool_lv,segtype,data_percent,metadata_percent,copy_percent,lv_health_status,lv_merging,lv_device_open
for b in /sys/block/sd*; do
  d=${b##*/}; s=$(tr -dc 'A-Z0-9' < $b/device/vpd_pg80 2>/dev/null)
  case $s in *KW000[0-7]) i=${s##*KW000}; eval D$i=/dev/$d;; *OUT) echo $d > /tmp/outdev;; esac
done
echo "disks $D0 $D1 $D2 $D3 $D4 $D5 $D6 $D7 out $(cat /tmp/outdev)"
cap() {
  o=/out/$1; mkdir -p $o/proc; cp /proc/mdstat $o/proc/mdstat
  for b in /sys/block/md*; do [ -d $b/md ] || continue; m=$o/sys/block/${b##*/}/md; mkdir -p $m
    for f in level raid_disks degraded array_state sync_action sync_completed last_sync_action mismatch_cnt metadata_version reshape_position consistency_policy layout; do [ -f $b/md/$f ] && cat $b/md/$f > $m/$f 2>/dev/null; done
    for dv in $b/md/dev-*; do [ -d $dv ] || continue; q=$m/${dv##*/}; mkdir -p $q; for f in state slot errors recovery_start; do cat $dv/$f > $q/$f 2>/dev/null; done; done
  done
  echo "== $1"; cat /proc/mdstat
}
lcap() {
  o=/out/$1; mkdir -p $o
  lvs --reportformat json --units b --nosuffix -a -o $COLS > $o/lvs.json 2> $o/lvs.err; echo $? > $o/lvs.rc
  vgs --reportformat json --units b --nosuffix -o vg_name,pv_count,lv_count,snap_count,vg_attr,vg_size,vg_free,vg_missing_pv_count > $o/vgs.json 2>/dev/null
  for b in /sys/block/dm-*; do [ -d $b/dm ] || continue; mkdir -p $o/sys/block/${b##*/}/dm; for f in uuid name suspended; do cat $b/dm/$f > $o/sys/block/${b##*/}/dm/$f; done; done
  dmsetup status > $o/dmsetup-status 2>/dev/null
  echo "== $1"; cat $o/lvs.json
}
slow() { echo ${1:-300} > /proc/sys/dev/raid/speed_limit_min; echo ${1:-300} > /proc/sys/dev/raid/speed_limit_max; }
fast() { echo 500000 > /proc/sys/dev/raid/speed_limit_min; echo 900000 > /proc/sys/dev/raid/speed_limit_max; }
wait_md() { mdadm --wait /dev/$1 2>/dev/null; sleep 1; }
clean() { for m in /dev/md[0-9]*; do [ -b $m ] && mdadm --stop $m 2>/dev/null; done; for d in $D0 $D1 $D2 $D3 $D4 $D5 $D6 $D7; do [ -b $d ] && mdadm --zero-superblock $d 2>/dev/null; dd if=/dev/zero of=$d bs=1M count=2 conv=fsync 2>/dev/null; done; sleep 1; }
mk() { mdadm --create "$@" --run > /tmp/mdlog 2>&1 || cat /tmp/mdlog; }
uname -a > /out/uname; mdadm --version 2> /out/mdadm-version; lvm version > /out/lvm-version 2>&1; btrfs --version > /out/btrfs-version

cap no-arrays
# RAID 1 with bitmap
slow
mk /dev/md0 --level=1 --raid-devices=2 --bitmap=internal $D0 $D1
sleep 2; cap raid1-first-resync
mdadm --stop /dev/md0; mdadm --assemble --readonly /dev/md0 $D0 $D1 >/dev/null 2>&1; sleep 1; cap raid1-read-only-resync-pending
mdadm --stop /dev/md0; echo 1 > /sys/module/md_mod/parameters/start_ro; mdadm --assemble /dev/md0 $D0 $D1 >/dev/null 2>&1; sleep 1; cap raid1-auto-read-only; echo 0 > /sys/module/md_mod/parameters/start_ro
mdadm --readwrite /dev/md0; fast; wait_md md0; cap raid1-healthy-bitmap
mdadm /dev/md0 --add $D2 2>/dev/null; sleep 1; cap raid1-spare
slow; mdadm /dev/md0 --fail $D1 2>/dev/null; sleep 2; cap raid1-spare-recovers
fast; wait_md md0; cap raid1-recovered-failed-listed
mdadm /dev/md0 --remove $D1 2>/dev/null; mdadm /dev/md0 --fail $D2 2>/dev/null; sleep 1; cap raid1-degraded-failed
mdadm /dev/md0 --remove $D2 2>/dev/null; sleep 1; cap raid1-degraded-removed
slow; mdadm /dev/md0 --re-add $D2 2>/dev/null || mdadm /dev/md0 --add $D2; sleep 1; fast; wait_md md0
echo repair > /sys/block/md0/md/sync_action; wait_md md0
slow; echo check > /sys/block/md0/md/sync_action; sleep 2; cap raid1-check; fast; wait_md md0
# differences between the halves
dd if=/dev/urandom of=$D0 bs=1M seek=20 count=1 conv=fsync 2>/dev/null; echo 3 > /proc/sys/vm/drop_caches
echo check > /sys/block/md0/md/sync_action; sleep 1; wait_md md0; cap raid1-mismatches
clean
# RAID 5
slow
mk /dev/md5 --level=5 --raid-devices=3 --bitmap=none $D0 $D1 $D2
sleep 2; cap raid5-first-build
fast; wait_md md5; cap raid5-healthy
slow; echo check > /sys/block/md5/md/sync_action; sleep 2; cap raid5-check; fast; wait_md md5
dd if=/dev/urandom of=$D1 bs=1M seek=20 count=1 conv=fsync 2>/dev/null; echo 3 > /proc/sys/vm/drop_caches
echo check > /sys/block/md5/md/sync_action; sleep 1; wait_md md5; cap raid5-mismatches
slow; echo repair > /sys/block/md5/md/sync_action; sleep 2; cap raid5-repair; fast; wait_md md5
mdadm /dev/md5 --add $D3 2>/dev/null; slow 150; mdadm --grow /dev/md5 --raid-devices=4 --backup-file=/tmp/backup 2>&1 | head -3; sleep 3; cap raid5-reshape
fast; wait_md md5; sleep 1; cap raid5-grown
mdadm /dev/md5 --fail $D0 2>/dev/null; sleep 1; cap raid5-degraded
slow; mdadm /dev/md5 --add $D4 2>/dev/null; sleep 2; cap raid5-recovers
mdadm /dev/md5 --fail $D1 2>/dev/null; sleep 2; cap raid5-lost-two
clean
# RAID 5 with a degraded reshape
fast
mk /dev/md5 --level=5 --raid-devices=3 --assume-clean $D0 $D1 $D2
mdadm /dev/md5 --fail $D2 --remove $D2 2>/dev/null; mdadm /dev/md5 --add-spare $D3 2>/dev/null; sleep 3; wait_md md5; mdadm /dev/md5 --add $D4 2>/dev/null; mdadm /dev/md5 --fail $D1 2>/dev/null; wait_md md5
mdadm /dev/md5 --add $D5 $D6 2>/dev/null; slow 150; mdadm --grow /dev/md5 --raid-devices=4 --backup-file=/tmp/backup2 2>&1 | head -2; sleep 2; mdadm /dev/md5 --fail $D0 2>/dev/null; sleep 1; cap raid5-reshape-degraded
fast; clean
# RAID 6
slow
mk /dev/md6 --level=6 --raid-devices=5 --bitmap=internal --spare-devices=1 $D0 $D1 $D2 $D3 $D4 $D5
sleep 2; cap raid6-first-resync
fast; wait_md md6; cap raid6-healthy-spare
slow; mdadm /dev/md6 --fail $D0 2>/dev/null; mdadm /dev/md6 --fail $D1 2>/dev/null; sleep 2; cap raid6-two-failed-one-recovers
fast; wait_md md6; cap raid6-one-missing
mdadm /dev/md6 --fail $D2 2>/dev/null; mdadm /dev/md6 --fail $D3 2>/dev/null; sleep 1; cap raid6-lost-three
clean
# RAID 10
mk /dev/md10 --level=10 --raid-devices=4 --assume-clean $D0 $D1 $D2 $D3
sleep 1; cap raid10-healthy
mdadm /dev/md10 --fail $D0 2>/dev/null; mdadm /dev/md10 --fail $D2 2>/dev/null; sleep 1; cap raid10-half-of-each-mirror
mdadm /dev/md10 --fail $D1 2>/dev/null; sleep 1; cap raid10-refuses-to-lose-a-mirror
clean
mk /dev/md10 --level=10 --layout=f2 --raid-devices=3 --assume-clean $D0 $D1 $D2
slow; mdadm /dev/md10 --fail $D0 2>/dev/null;  mdadm /dev/md10 --add $D3 2>/dev/null; sleep 2; cap raid10-far-recovers
fast; clean
mk /dev/md4 --level=4 --raid-devices=3 --assume-clean $D0 $D1 $D2; mk /dev/md9 --level=linear --raid-devices=2 $D3 $D4
mk /dev/md0 --level=0 --raid-devices=2 $D5 $D6
sleep 1; cap raid4-and-raid0-healthy
clean
# replacement while healthy
mk /dev/md1 --level=1 --raid-devices=2 --assume-clean $D0 $D1; mdadm /dev/md1 --add $D2 2>/dev/null; slow; mdadm /dev/md1 --replace $D0 2>/dev/null; sleep 2; cap raid1-replacement; fast; wait_md md1; cap raid1-replaced
mdadm --grow /dev/md1 --array-size=40000 2>/dev/null
clean
# write-mostly, journal
mk /dev/md1 --level=1 --raid-devices=2 --assume-clean --bitmap=internal $D0 --write-mostly --write-behind=256 $D1; mk /dev/md5 --level=5 --raid-devices=3 --assume-clean --write-journal=$D5 $D2 $D3 $D4; sleep 1; cap write-mostly-and-journal
clean
# two arrays on the same disks: one waits
for d in $D0 $D1; do printf 'label: gpt\nsize=40M\nsize=40M\n' | sfdisk -q $d; done; sleep 1
mk /dev/md1 --level=1 --raid-devices=2 --assume-clean ${D0}1 ${D1}1; mk /dev/md2 --level=1 --raid-devices=2 --assume-clean ${D0}2 ${D1}2
slow; echo check > /sys/block/md1/md/sync_action; sleep 1; echo check > /sys/block/md2/md/sync_action; sleep 1; cap check-delayed
mdadm /dev/md1 --fail ${D0}1 2>/dev/null; fast; wait_md md2; mdadm --stop /dev/md1; mdadm --stop /dev/md2; mdadm --zero-superblock ${D0}1 ${D0}2 ${D1}1 ${D1}2; clean; for d in $D0 $D1; do sfdisk --delete $d >/dev/null 2>&1; done
# inactive
mk /dev/md7 --level=5 --raid-devices=3 --assume-clean $D0 $D1 $D2; mdadm --stop /dev/md7 2>/dev/null
mdadm --incremental $D0 2>&1; sleep 1; cap inactive-incremental
clean
mk /dev/md7 --level=5 --raid-devices=3 --assume-clean $D0 $D1 $D2; mdadm /dev/md7 --fail $D0 2>/dev/null; dd if=/dev/urandom of=/dev/md7 bs=1M count=1 conv=fsync 2>/dev/null; echo 1 > /sys/block/${D0##*/}/device/delete; sleep 1; cap raid5-degraded-disk-gone
mdadm --stop /dev/md7; mdadm --zero-superblock $D1; mdadm --assemble --no-degraded /dev/md7 $D2 2>&1
for h in /sys/class/scsi_host/host*; do echo '- - -' > $h/scan; done; sleep 2
for b in /sys/block/sd*; do d=${b##*/}; s=$(tr -dc 'A-Z0-9' < $b/device/vpd_pg80 2>/dev/null); case $s in *KW000[0-7]) i=${s##*KW000}; eval D$i=/dev/$d;; esac; done
echo "disks $D0 $D1 $D2 $D3 $D4 $D5 $D6 $D7"
clean
# RAID 0 that loses a disk while it is in use
mk /dev/md0 --level=0 --raid-devices=2 $D5 $D6; mkfs.ext4 -q /dev/md0; mount /dev/md0 /mnt; echo 1 > /sys/block/${D6##*/}/device/delete; sleep 1; dd if=/dev/zero of=/mnt/x bs=64k count=200 conv=fsync 2>/dev/null; sleep 1; cap raid0-disk-gone; umount /mnt 2>/dev/null; mdadm --stop /dev/md0
for h in /sys/class/scsi_host/host*; do echo '- - -' > $h/scan; done; sleep 2
for b in /sys/block/sd*; do d=${b##*/}; s=$(tr -dc 'A-Z0-9' < $b/device/vpd_pg80 2>/dev/null); case $s in *KW000[0-7]) i=${s##*KW000}; eval D$i=/dev/$d;; esac; done
clean
# ---------- btrfs
mkfs.btrfs -q -f -L data -d raid1 -m raid1 $D0 $D1 && mount -t btrfs $D0 /mnt
bcap() { o=/out/$1; for u in /sys/fs/btrfs/*-*; do q=$o/sys/fs/btrfs/${u##*/}; mkdir -p $q; cat $u/label > $q/label; for d in $u/devinfo/*; do mkdir -p $q/devinfo/${d##*/}; for f in missing error_stats in_fs_metadata replace_target writeable; do cat $d/$f > $q/devinfo/${d##*/}/$f; done; done; done; btrfs device stats /mnt > $o/device-stats.txt 2>&1; btrfs --format json device stats /mnt > $o/device-stats.json 2>&1; echo == $1; cat $o/device-stats.txt; }
if grep -q btrfs /proc/mounts; then
dd if=/dev/urandom of=/mnt/f bs=1M count=20 conv=fsync 2>/dev/null; bcap btrfs-healthy
umount /mnt; dd if=/dev/urandom of=$D1 bs=1M seek=40 count=50 conv=fsync 2>/dev/null; mount -t btrfs $D0 /mnt; btrfs scrub start -B /mnt > /out/scrub.txt 2>&1; bcap btrfs-corruption
umount /mnt; modprobe -r btrfs; modprobe btrfs; dd if=/dev/zero of=$D1 bs=1M count=90 conv=fsync 2>/dev/null; mount -t btrfs -o degraded $D0 /mnt; bcap btrfs-missing; umount /mnt
fi
clean
# ---------- LVM
pvcreate -q -ff -y $D0 $D1 $D2 $D3 $D4 $D5 >/dev/null; vgcreate -q -s 1M vg0 $D0 $D1 $D2 >/dev/null; vgcreate -q -s 1M vg1 $D3 $D4 $D5 $D7 >/dev/null
lvcreate -q -y -L 40M -n root vg0; lvcreate -q -y -L 20M -n home vg0; lcap lvm-plain
lvcreate -q -y -s -L 12M -n before vg0/root; lvcreate -q -y -s -L 4M -n tiny vg0/home
lcap lvm-snapshots-fresh
dd if=/dev/urandom of=/dev/vg0/root bs=1M count=10 conv=fsync 2>/dev/null; dd if=/dev/urandom of=/dev/vg0/home bs=1M count=1 conv=fsync 2>/dev/null
lcap lvm-snapshots-filling
dd if=/dev/urandom of=/dev/vg0/home bs=1M count=12 conv=fsync 2>/dev/null; sleep 1; lcap lvm-snapshot-invalid
sleep 3000 < /dev/vg0/root & S=$!; sleep 1; lvconvert -y --merge vg0/before > /out/merge-deferred.txt 2>&1; echo rc $? >> /out/merge-deferred.txt; cat /out/merge-deferred.txt; lcap lvm-merge-deferred
kill $S; sleep 1; echo 1 > /sys/module/dm_snapshot/parameters/snapshot_copy_throttle
lvchange -an vg0/root; lvchange -ay vg0/root; lcap lvm-merging
echo 100 > /sys/module/dm_snapshot/parameters/snapshot_copy_throttle; sleep 8; lvs >/dev/null 2>&1; lcap lvm-merged
lvcreate -q -y -s -L 12M -n again vg0/root; lvconvert -y --merge vg0/again > /out/merge-now.txt 2>&1; cat /out/merge-now.txt
lvcreate -y -s -L 4M -n home vg0/home > /out/lvcreate-refused.txt 2>&1; echo rc $? >> /out/lvcreate-refused.txt
lvcreate -y -s -L 4M -n nospace vg0/nothere > /out/lvcreate-missing.txt 2>&1; echo rc $? >> /out/lvcreate-missing.txt
lvcreate -y -s -L 4000M -n toolarge vg0/home > /out/lvcreate-no-space.txt 2>&1; echo rc $? >> /out/lvcreate-no-space.txt
lvremove -q -y vg0 >/dev/null 2>&1
# thin pools
lvcreate -q -y --type thin-pool -L 40M --poolmetadatasize 4M -n pool vg0; lvcreate -q -y -V 100M --thin -n thin vg0/pool; lvcreate -q -y -s -kn -n thinsnap vg0/thin; lcap lvm-thin-fresh
dd if=/dev/urandom of=/dev/vg0/thin bs=1M count=33 conv=fsync 2>/dev/null; lcap lvm-thin-filling
lvchange --errorwhenfull y vg0/pool >/dev/null 2>&1; dd if=/dev/urandom of=/dev/vg0/thin bs=1M count=60 conv=fsync 2>/dev/null; sleep 1; lcap lvm-thin-full
lvconvert -y --merge vg0/thinsnap > /out/merge-thin.txt 2>&1; lcap lvm-thin-merged
lvremove -q -y vg0 >/dev/null 2>&1; lvs
# RAID volumes
lvcreate -q -y --type raid1 -m1 -L 20M --maxrecoveryrate 200 --minrecoveryrate 100 -n mirror vg1; lvcreate -q -y --type raid5 -i 3 -L 30M --maxrecoveryrate 200 --minrecoveryrate 100 -n five vg1; sleep 1; lcap lvm-raid-resync
lvchange --maxrecoveryrate 900000 --minrecoveryrate 500000 vg1/mirror >/dev/null 2>&1; lvchange --maxrecoveryrate 900000 --minrecoveryrate 500000 vg1/five >/dev/null 2>&1
for i in $(seq 20); do sleep 1; lvs --noheadings -o copy_percent vg1 | grep -vq 100.00 || break; done; lcap lvm-raid-healthy
dd if=/dev/urandom of=/dev/vg1/mirror_rimage_1 bs=1M seek=2 count=1 conv=fsync 2>/dev/null || dmsetup ls
dd if=/dev/urandom of=/dev/mapper/vg1-mirror_rimage_1 bs=1M seek=2 count=1 conv=fsync 2>/dev/null; echo 3 > /proc/sys/vm/drop_caches
lvchange --syncaction check vg1/mirror; for i in $(seq 10); do sleep 1; lvs --noheadings -o sync_action -S sync_action=check vg1 2>/dev/null | grep -q check || break; done; lcap lvm-raid-mismatches
echo 1 > /sys/block/${D4##*/}/device/delete; sleep 1; dd if=/dev/urandom of=/dev/vg1/mirror bs=64k count=8 conv=fsync 2>/dev/null; dd if=/dev/urandom of=/dev/vg1/five bs=64k count=8 conv=fsync 2>/dev/null; sleep 2; lcap lvm-raid-disk-gone
for h in /sys/class/scsi_host/host*; do echo '- - -' > $h/scan; done; sleep 2; lcap lvm-raid-disk-back
lvchange -y --refresh vg1/mirror > /out/refresh.txt 2>&1; lcap lvm-raid-refreshed
dmesg | tail -30
