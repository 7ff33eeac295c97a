#!/usr/bin/env bash
# Captures what the kernel and the tools say of disks, arrays and volumes in every state, in a virtual machine without a disk
# of its own, and writes it to src/test/resources/host/captured. The arrays take some ten minutes without KVM.
#
#   capture.sh linux-image-6.12-amd64 SCENARIO    a package of Debian with a kernel, and what to run in it: arrays, smart or zfs
#
# ACCEL=tcg in the environment keeps QEMU from KVM, where a nested KVM cannot run the kernel.
#
# Needs: qemu-system-x86 busybox-static lvm2 thin-provisioning-tools mdadm dmsetup btrfs-progs smartmontools fdisk e2fsprogs kmod
# cpio xz-utils; for zfs also zfsutils-linux and zfs-dkms 2.3, in the contrib part of bookworm-backports, with its modules built
# for that kernel
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
package=${1:?name a package with a kernel}
scenario=${2:?name a scenario: arrays, smart or zfs}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

real=$(apt-cache depends "$package" | awk '/Depends: linux-image-/ { print $2; exit }')
apt-get download "${real:-$package}"
dpkg-deb -x ./*.deb kernel
modules=$(dirname "$(find kernel -path '*/modules/*/modules.order' | head -1)")
version=$(basename "$modules")
base=${modules%/lib/modules/*}
depmod -b "$base" "$version"

root=$work/root
mkdir -p "$root"/{bin,sbin,proc,sys,dev,tmp,out,mnt,run/lock/lvm,etc/lvm,var/lock,usr/sbin,usr/share/smartmontools,etc/zfs} "$root/lib/modules/$version"
cp /bin/busybox "$root/bin/"
for applet in sh mount umount mkdir cat sleep dd cp ls tar sync poweroff modprobe head tail tr seq printf grep kill; do
    ln -s busybox "$root/bin/$applet"
done
tools=(mdadm lvm dmsetup btrfs mkfs.btrfs mkfs.ext4 smartctl sfdisk thin_check)
[ "$scenario" != zfs ] || tools+=(zpool zinject)
for tool in "${tools[@]}"; do
    program=$(readlink -f "$(command -v "$tool")")
    cp -n "$program" "$root/sbin/"
    [ "$(basename "$program")" = "$tool" ] || ln -s "$(basename "$program")" "$root/sbin/$tool"
    ldd "$program" 2> /dev/null | grep -o '/[^ ]*' | while read -r library; do
        mkdir -p "$root$(dirname "$library")"
        cp -nL "$library" "$root$library"
    done
done
ln -s /sbin/thin_check "$root/usr/sbin/thin_check"
for name in lvs vgs pvcreate vgcreate lvcreate lvconvert lvchange lvremove; do ln -s lvm "$root/sbin/$name"; done
cp /var/lib/smartmontools/drivedb/drivedb.h "$root/usr/share/smartmontools/" 2> /dev/null || true
cat > "$root/etc/lvm/lvm.conf" << 'END'
activation { udev_sync=0 udev_rules=0 verify_udev_operations=0 monitoring=0 }
devices { obtain_device_list_from_udev=0 external_device_info_source="none" use_devicesfile=0 multipath_component_detection=0 }
global { use_lvmpolld=0 event_activation=0 }
backup { backup=0 archive=0 }
END
for module in virtio_pci virtio_scsi sd_mod nvme ahci raid0 raid1 raid10 raid456 dm-snapshot dm-thin-pool dm-raid btrfs crc32c_generic ext4; do
    modprobe -S "$version" -d "$base" --show-depends "$module" 2> /dev/null | awk '$1 == "insmod" { print $2 }'
done | sort -u | while read -r file; do
    case $file in
        *.xz) xz -dc "$file" > "$root/lib/modules/$version/$(basename "$file" .xz)" ;;
        *) cp "$file" "$root/lib/modules/$version/" ;;
    esac
done
[ "$scenario" != zfs ] || cp "/lib/modules/$version/updates/dkms"/{spl,zfs}.ko* "$root/lib/modules/$version/"
cp "$modules"/modules.{builtin,order} "$root/lib/modules/$version/"
depmod -b "$root" "$version"
install -m 755 "$here/init.sh" "$root/init"
cp "$here/$scenario.sh" "$root/scenario.sh"
(cd "$root" && find . | cpio -o -H newc --quiet | gzip -1) > initrd.gz

drives=()
disk() { # file size serial
    truncate -s "$2" "$1"
    drives+=(-drive "file=$1,if=none,id=$1,format=raw,cache=unsafe" -device "scsi-hd,drive=$1,bus=s0.0,serial=$3")
}
for number in 0 1 2 3 4 5 6 7; do disk "d$number" 136M "KW000$number"; done
disk out 64M OUT
truncate -s 64M nvme nvme-failing sata
timeout 1800 qemu-system-x86_64 ${ACCEL:+-accel "$ACCEL"} -accel kvm -accel tcg,thread=multi -smp 2 -m 1500 -nographic -no-reboot \
    -kernel kernel/boot/vmlinuz-* -initrd initrd.gz -append "console=ttyS0 quiet panic=-1" \
    -device virtio-scsi-pci,id=s0 "${drives[@]}" \
    -drive file=nvme,if=none,id=nvme,format=raw -device nvme,drive=nvme,serial=KWNVME1 \
    -drive file=nvme-failing,if=none,id=failing,format=raw -device nvme,drive=failing,serial=KWNVME2,smart_critical_warning=12 \
    -device ich9-ahci,id=ahci -drive file=sata,if=none,id=sata,format=raw -device ide-hd,drive=sata,bus=ahci.0,serial=KWSATA1 \
    > log 2>&1 < /dev/null
mkdir states
tar -xf out -C states
"$here/bundle.sh" "$scenario" states "$here/../resources/host/captured" "${version%%[-+]*}"
