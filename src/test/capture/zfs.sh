# Runs in the virtual machine: brings pools of ZFS into one state after the other, and writes down what zpool says of them.
for b in /sys/block/sd*; do
  d=${b##*/}; s=$(tr -dc 'A-Z0-9' < $b/device/vpd_pg80 2>/dev/null)
  case $s in *KW000[0-7]) i=${s##*KW000}; eval D$i=/dev/$d;; *OUT) echo $d > /tmp/outdev;; esac
done
echo "disks $D0 $D1 $D2 $D3 $D4 $D5 $D6 $D7"
# Partitions, since zpool would wait for udev to show those that it makes itself.
for d in $D0 $D1 $D2 $D3 $D4 $D5 $D6 $D7; do printf 'label: gpt\nsize=66M\nsize=66M\n' | sfdisk -q $d; done; sleep 1
zcap() {
  o=/out/$1; mkdir -p $o
  zpool status -j --json-int > $o/status.json; zpool status > $o/status.txt; zpool list -H -o name,health > $o/list.txt
  echo "== $1"; cat $o/status.txt
}
fill() { dd if=/dev/urandom of=/$1/data bs=1M count=$2 2>/dev/null; zpool sync $1; }
create() { zpool create -f -m /$1 "$@"; }
slow() { for d in $2; do zinject -d $d -D 60:1 $1; done; }
fast() { zinject -c all > /dev/null; }
settle() { zpool wait -t $2 $1; sleep 1; }
uname -a > /out/uname; zpool version > /out/zpool-version; cat /out/zpool-version

# So little is in flight that what has been issued falls behind what has been scanned.
echo 262144 > /sys/module/zfs/parameters/zfs_scan_vdev_limit
echo 1 > /sys/module/zfs/parameters/zfs_vdev_scrub_max_active

zcap zfs-none
create tank mirror ${D0}1 ${D1}1; fill tank 30
zcap zfs-mirror
slow tank "${D0}1 ${D1}1"; zpool scrub tank; sleep 2; zcap zfs-mirror-scrub
fast; settle tank scrub; zcap zfs-mirror-scrubbed
dd if=/dev/urandom of=${D1}1 bs=1M seek=8 count=40 conv=fsync 2>/dev/null; zpool scrub -w tank; sleep 1; zcap zfs-mirror-errors-mended
zpool clear tank; zpool scrub -w tank; sleep 1; zcap zfs-mirror-cleared
zpool offline tank ${D1}1; zcap zfs-mirror-offline
slow tank "${D0}1"; zpool scrub tank; sleep 2; zcap zfs-mirror-offline-scrub
fast; settle tank scrub; zpool online tank ${D1}1; settle tank resilver
zpool offline -f tank ${D1}1; zcap zfs-mirror-faulted
slow tank "${D0}1"; zpool replace -f tank ${D1}1 ${D2}1; sleep 2; zcap zfs-mirror-replacing
fast; settle tank resilver; zcap zfs-mirror-replaced
slow tank "${D0}1 ${D2}1"; zpool replace -f tank ${D2}1 ${D3}1; sleep 2; zcap zfs-mirror-replacing-whole
fast; settle tank resilver; zpool destroy tank

create tank raidz2 ${D0}1 ${D1}1 ${D2}1 ${D3}1 special mirror ${D4}1 ${D5}1 log mirror ${D6}1 ${D7}1 cache ${D0}2 spare ${D1}2 ${D2}2
fill tank 30; zcap zfs-raidz2-with-all-classes
zpool offline -f tank ${D6}1; zcap zfs-log-faulted
zpool clear tank ${D6}1; settle tank resilver
zpool offline -f tank ${D3}1; slow tank "${D0}1 ${D1}1 ${D2}1"; zpool replace -f tank ${D3}1 ${D1}2; sleep 2; zcap zfs-raidz2-spare-fills
fast; settle tank resilver; zcap zfs-raidz2-spare-stands-in
zpool offline -f tank ${D2}1; zcap zfs-raidz2-two-lost
zpool destroy tank

create one ${D0}1; create two ${D1}1; zcap zfs-two-pools
zpool destroy one; zpool destroy two

create tank mirror ${D4}1 ${D5}1; fill tank 10
echo 1 > /sys/block/${D5##*/}/device/delete; sleep 1; fill tank 10; sleep 3; zcap zfs-disk-gone
zpool set failmode=continue tank
echo 1 > /sys/block/${D4##*/}/device/delete; sleep 1
dd if=/dev/urandom of=/tank/more bs=1M count=5 2>/dev/null & sleep 8
zcap zfs-all-disks-gone & sleep 5
dmesg | tail -20
