package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
import io.keepwatch.file.FileSystemSpace;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.ReadingKind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How many inodes are left, where a file system has a fixed number of them. */
public final class InodeUsageProbe implements Probe {
    /** They make inodes as they need them; the total that some of them show is not a limit. */
    private static final Set<String> WITHOUT_LIMIT = Set.of("btrfs", "zfs", "bcachefs", "vfat", "exfat", "reiserfs");

    private static final ProbeInfo INFO = new ProbeInfo(
            "inode.usage",
            Duration.ofSeconds(60),
            "How many inodes are left of each file system that has a fixed number of them.",
            "/proc/self/mountinfo",
            false,
            List.of(
                    new ReadingKind("inode.count", "mount point", "all inodes"),
                    new ReadingKind("inode.free_count", "mount point", "inodes not in use"),
                    new ReadingKind("inode.used_ratio", "mount point", "the share in use")));

    private final Path mountInfo;
    private final SpaceReader space;

    public InodeUsageProbe(Path proc) {
        this(proc, SpaceReader.ofThisHost());
    }

    InodeUsageProbe(Path proc, SpaceReader space) {
        this.mountInfo = proc.resolve("self/mountinfo");
        this.space = space;
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    @Override
    public List<Reading> read() throws IOException {
        List<Reading> readings = new ArrayList<>();
        for (Mount mount : Mount.list(mountInfo)) {
            if (WITHOUT_LIMIT.contains(mount.type())) {
                continue;
            }
            try {
                Optional<FileSystemSpace> answer = space.read(mount);
                if (answer.isPresent() && answer.get().inodes() > 0) {
                    add(readings, mount, answer.get());
                }
            } catch (NoSuchFileException | AccessDeniedException e) {
                // Unmounted a moment ago, or another user's mount (FUSE): not ours to watch.
            }
        }
        return readings;
    }

    private static void add(List<Reading> readings, Mount mount, FileSystemSpace space) {
        Map<String, String> labels = Map.of("type", mount.type(), "device", mount.device());
        double total = (double) space.inodes();
        double free = (double) space.inodesFree();
        readings.add(new Reading("inode.count", mount.subject(), total, labels));
        readings.add(new Reading("inode.free_count", mount.subject(), free, labels));
        readings.add(new Reading("inode.used_ratio", mount.subject(), Math.max(0, total - free) / total, labels));
    }
}
