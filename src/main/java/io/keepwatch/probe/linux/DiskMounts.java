package io.keepwatch.probe.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which file systems lie on a disk: through partitions, and through what is stacked upon them, such as LVM, md and
 * encryption. Follows {@code /sys/class/block/<device>/slaves} and {@code partition}
 * (Documentation/ABI/stable/sysfs-block of the kernel).
 */
public final class DiskMounts {
    private static final int MOST_LAYERS = 16;

    private final Path mountInfo;
    private final Path block;

    /** @param root {@code /} of the host, or a folder that stands in for it */
    public DiskMounts(Path root) {
        this.mountInfo = root.resolve("proc/self/mountinfo");
        this.block = root.resolve("sys/class/block");
    }

    /**
     * The mount points of the disk's file systems. A file system on several disks lies on each of them.
     *
     * @param disk as probes call it: {@code /dev/sda} or {@code sda}
     */
    public List<Path> of(String disk) throws IOException {
        String wanted = deviceName(disk);
        List<Path> points = new ArrayList<>();
        for (Mount mount : Mount.list(mountInfo)) {
            Set<String> disks = new HashSet<>();
            collect(deviceName(mount.device()), disks, 0);
            if (disks.contains(wanted)) {
                points.add(mount.point().under(Path.of("/")));
            }
        }
        return points;
    }

    private void collect(String device, Set<String> disks, int layer) throws IOException {
        if (layer > MOST_LAYERS || !disks.add(device)) {
            return;
        }
        Path here = block.resolve(device);
        if (Files.exists(here.resolve("partition"))) {
            Optional.ofNullable(here.toRealPath().getParent())
                    .map(Path::getFileName)
                    .ifPresent(parent -> disks.add(parent.toString()));
        }
        Path slaves = here.resolve("slaves");
        if (Files.isDirectory(slaves)) {
            try (Stream<Path> below = Files.list(slaves)) {
                for (Path slave : below.toList()) {
                    collect(slave.getFileName().toString(), disks, layer + 1);
                }
            }
        }
    }

    /** The kernel's name: what is behind /dev/mapper is called dm-N, other links in /dev are followed by their last name. */
    private String deviceName(String device) throws IOException {
        Path path = Path.of(device);
        String name =
                Optional.ofNullable(path.getFileName()).map(Path::toString).orElse(device);
        if (!device.startsWith("/dev/mapper/") || !Files.isDirectory(block)) {
            return name;
        }
        try (Stream<Path> devices = Files.list(block)) {
            for (Path candidate :
                    devices.filter(one -> Files.exists(one.resolve("dm/name"))).toList()) {
                if (Files.readString(candidate.resolve("dm/name"), StandardCharsets.UTF_8)
                        .strip()
                        .equals(name)) {
                    return candidate.getFileName().toString();
                }
            }
        }
        return name;
    }
}
