# Runs in the virtual machine: asks smartctl for each kind of disk that QEMU shows, one of them with critical warnings.
for b in /sys/block/sd*; do
  d=/dev/${b##*/}
  case $(tr -dc 'A-Z0-9' < $b/device/vpd_pg80 2>/dev/null) in *KW0000) SCSI=$d;; *OUT) echo ${b##*/} > /tmp/outdev;; *KWSATA1) SATA=$d;; esac
done
for n in /sys/class/nvme/nvme*; do
  case $(cat $n/serial) in KWNVME1*) NVME=/dev/${n##*/};; KWNVME2*) FAILING=/dev/${n##*/};; esac
done
uname -a > /out/uname
smartctl --json -a -d sat $SATA > /out/smart-sata.json
smartctl --json -a $NVME > /out/smart-nvme.json
smartctl --json -a $FAILING > /out/smart-nvme-failing.json
smartctl --json -a $SCSI > /out/smart-scsi.json
cat /out/smart-*.json
