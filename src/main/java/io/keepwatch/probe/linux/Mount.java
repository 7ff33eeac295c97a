package io.keepwatch.probe.linux;

import io.keepwatch.file.RawPath;
import io.keepwatch.unit.DisplayText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
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
        Map<RawPath, Entry> byPoint = new LinkedHashMap<>();
        for (String line : KernelFile.lines(mountInfo)) {
            Entry entry = Entry.parse(mountInfo, line);
            // A later mount at the same place hides the earlier one.
            byPoint.remove(entry.mount.point);
            byPoint.put(entry.mount.point, entry);
        }
        // Bind mounts show one device several times: the one that shows its root, else the first, stands for it.
        Map<String, Entry> byDevice = new LinkedHashMap<>();
        for (Entry entry : byPoint.values()) {
            if (!entry.readOnly && !PSEUDO.contains(entry.mount.type)) {
                byDevice.merge(
                        entry.deviceKey(),
                        entry,
                        (known, other) -> !known.wholeDevice && other.wholeDevice ? other : known);
            }
        }
        return byDevice.values().stream().map(Entry::mount).toList();
    }

    /** The mount point, safe to show. */
    String subject() {
        return "/" + point;
    }

    private record Entry(Mount mount, String number, boolean wholeDevice, boolean readOnly) {
        static Entry parse(Path file, String line) throws IOException {
            List<String> fields = Arrays.asList(line.split(" ", -1));
            int separator = fields.indexOf("-");
            if (separator < 6 || fields.size() < separator + 3) {
                throw new IOException(file + " has a line that is no mount: \"" + DisplayText.of(line) + "\"");
            }
            String type = fields.get(separator + 1);
            String device = DisplayText.of(unescape(fields.get(separator + 2)));
            byte[] point = unescape(fields.get(4));
            Mount mount = new Mount(
                    RawPath.of(Arrays.copyOfRange(point, 1, point.length)),
                    type,
                    device,
                    NETWORK.contains(type) || (type.startsWith("fuse.") && !type.equals("fuse.ntfs-3g")));
            List<String> superOptions = fields.size() > separator + 3
                    ? Arrays.asList(fields.get(separator + 3).split(",", -1))
                    : List.of();
            boolean readOnly =
                    Arrays.asList(fields.get(5).split(",", -1)).contains("ro") || superOptions.contains("ro");
            return new Entry(mount, fields.get(2), fields.get(3).equals("/"), readOnly);
        }

        /** btrfs has a device number for each subvolume, and zfs one for each data set that share no space: by name then. */
        String deviceKey() {
            return mount.type.equals("btrfs") || mount.network ? mount.device : number;
        }
    }

    /** The kernel writes space, tab, newline and backslash as a backslash and three octal digits. */
    private static byte[] unescape(String field) {
        byte[] in = field.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '\\' && i + 3 < in.length) {
                out.write(Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                out.write(in[i]);
            }
        }
        return out.toByteArray();
    }
}
