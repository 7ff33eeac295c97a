package io.keepwatch.probe.portable;

import io.keepwatch.event.Reading;
import io.keepwatch.unit.DisplayText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oshi.software.os.OSFileStore;
import oshi.software.os.OperatingSystem;

/** Space and inodes of local file systems; one reading a volume. */
final class FileSystems {
    static final Set<String> SPACE = Set.of("disk.size_bytes", "disk.available_bytes", "disk.used_ratio");
    static final Set<String> INODES = Set.of("inode.count", "inode.free_count", "inode.used_ratio");
    private static final Set<String> PSEUDO =
            Set.of("devfs", "fdescfs", "procfs", "linprocfs", "linsysfs", "tmpfs", "autofs", "nullfs", "overlay");

    private final OperatingSystem system;

    FileSystems(OperatingSystem system) {
        this.system = system;
    }

    List<Reading> space() {
        List<Reading> readings = new ArrayList<>();
        for (OSFileStore store : stores()) {
            long used = store.getTotalSpace() - store.getFreeSpace();
            long available = store.getUsableSpace();
            if (store.getTotalSpace() > 0 && used + available > 0) {
                readings.add(reading("disk.size_bytes", store, (double) store.getTotalSpace()));
                readings.add(reading("disk.available_bytes", store, (double) available));
                readings.add(reading("disk.used_ratio", store, (double) used / (used + available)));
            }
        }
        return readings;
    }

    List<Reading> inodes() {
        List<Reading> readings = new ArrayList<>();
        for (OSFileStore store : stores()) {
            double total = (double) store.getTotalInodes();
            if (total > 0) {
                readings.add(reading("inode.count", store, total));
                readings.add(reading("inode.free_count", store, (double) store.getFreeInodes()));
                readings.add(reading("inode.used_ratio", store, Math.max(0, total - store.getFreeInodes()) / total));
            }
        }
        return readings;
    }

    private List<OSFileStore> stores() {
        Set<String> volumes = new HashSet<>();
        return system.getFileSystem().getFileStores(true).stream()
                .filter(store -> !PSEUDO.contains(store.getType()) && volumes.add(store.getVolume()))
                .toList();
    }

    private static Reading reading(String name, OSFileStore store, double value) {
        return new Reading(
                name,
                DisplayText.of(store.getMount()),
                value,
                Map.of("type", store.getType(), "device", DisplayText.of(store.getVolume())));
    }
}
