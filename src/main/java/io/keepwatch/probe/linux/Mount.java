package io.keepwatch.probe.linux;

import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file system that holds data and can fill up: one mount of each device, without pseudo and read-only file systems.
 *
 * @param point counts from {@code /}
 * @param device what is mounted, safe to show
 */
record Mount(RawPath point, String type, String device, boolean network) {
    private static final Set<String> PSEUDO = Set.of(
            "autofs",
            "binfmt_misc",
            "bpf",
            "cgroup",
            "cgroup2",
            "configfs",
            "debugfs",
            "devpts",
            "devtmpfs",
            "efivarfs",
            "fuse.gvfsd-fuse",
            "fuse.lxcfs",
            "fuse.portal",
            "fusectl",
            "hugetlbfs",
            "mqueue",
            "nsfs",
            "overlay",
            "proc",
            "pstore",
            "ramfs",
            "rpc_pipefs",
            "securityfs",
            "selinuxfs",
            "squashfs",
            "sysfs",
            "tracefs",
            "iso9660",
            "udf",
            "erofs");
    private static final Set<String> NETWORK =
            Set.of("nfs", "nfs4", "cifs", "smb3", "ceph", "9p", "afs", "glusterfs", "lustre", "beegfs", "ncpfs");

    /** Reads the mounts as this process sees them. */
    static List<Mount> list(Path mountInfo) throws IOException {
        // Bind mounts show one device several times: the one that shows its root, else the first, stands for it.
        Map<String, MountLine> byDevice = new LinkedHashMap<>();
        for (MountLine line : MountLine.list(mountInfo)) {
            if (!line.readOnly() && !PSEUDO.contains(line.type())) {
                byDevice.merge(
                        deviceKey(line), line, (known, other) -> !known.isWhole() && other.isWhole() ? other : known);
            }
        }
        return byDevice.values().stream().map(Mount::of).toList();
    }

    private static Mount of(MountLine line) {
        return new Mount(line.point(), line.type(), line.source(), isNetwork(line.type()));
    }

    private static boolean isNetwork(String type) {
        return NETWORK.contains(type) || (type.startsWith("fuse.") && !type.equals("fuse.ntfs-3g"));
    }

    /** btrfs has a device number for each subvolume, and zfs one for each data set that share no space: by name then. */
    private static String deviceKey(MountLine line) {
        return line.type().equals("btrfs") || isNetwork(line.type()) ? line.source() : line.number();
    }

    /** The mount point, safe to show. */
    String subject() {
        return "/" + point;
    }
}
