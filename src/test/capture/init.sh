#!/bin/sh
# The first process of the virtual machine.
export PATH=/bin:/sbin LD_LIBRARY_PATH=/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu
mount -t proc proc /proc; mount -t sysfs sysfs /sys; mount -t devtmpfs dev /dev; mount -t tmpfs tmpfs /out
for m in crc32c_generic virtio_pci virtio_scsi sd_mod nvme ahci raid0 raid1 raid10 raid456 dm-snapshot dm-thin-pool dm-raid btrfs ext4 spl zfs; do modprobe $m || echo "no $m"; done
sleep 2
cat /proc/partitions
sh /scenario.sh
echo tarring
cd /out && tar cf /dev/$(cat /tmp/outdev) . && sync
echo FINISHED
poweroff -f
