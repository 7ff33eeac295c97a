package io.keepwatch.probe;

/** A program of the host that a probe can ask, and the package of Debian that holds it. */
public enum Tool {
    ARCCONF("arcconf", "arcconf of Microchip"),
    BTRFS("btrfs", "btrfs-progs"),
    IP("ip", "iproute2"),
    IPMITOOL("ipmitool", "ipmitool"),
    LVCONVERT("lvconvert", "lvm2"),
    LVCREATE("lvcreate", "lvm2"),
    LVREMOVE("lvremove", "lvm2"),
    LVS("lvs", "lvm2"),
    MOUNT("mount", "mount"),
    PERCCLI("perccli64", "perccli of Dell"),
    SMARTCTL("smartctl", "smartmontools"),
    SS("ss", "iproute2"),
    SSACLI("ssacli", "ssacli of HPE"),
    STORCLI("storcli64", "storcli of Broadcom"),
    SYSTEMCTL("systemctl", "systemd"),
    UMOUNT("umount", "mount"),
    ZFS("zfs", "zfsutils-linux"),
    ZPOOL("zpool", "zfsutils-linux");

    private final String program;
    private final String packageName;

    Tool(String program, String packageName) {
        this.program = program;
        this.packageName = packageName;
    }

    public String program() {
        return program;
    }

    public String packageName() {
        return packageName;
    }

    /** What is said where it is needed and not there. */
    public String missing() {
        return program + " is not installed: install " + packageName;
    }
}
