package io.keepwatch.probe;

/** A program of the host that a probe can ask, and the package of Debian that holds it. */
public enum Tool {
    ARCCONF("arcconf", "arcconf of Microchip"),
    IP("ip", "iproute2"),
    IPMITOOL("ipmitool", "ipmitool"),
    LVCONVERT("lvconvert", "lvm2"),
    LVCREATE("lvcreate", "lvm2"),
    LVS("lvs", "lvm2"),
    PERCCLI("perccli64", "perccli of Dell"),
    SMARTCTL("smartctl", "smartmontools"),
    SS("ss", "iproute2"),
    SSACLI("ssacli", "ssacli of HPE"),
    STORCLI("storcli64", "storcli of Broadcom"),
    SYSTEMCTL("systemctl", "systemd"),
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
}
