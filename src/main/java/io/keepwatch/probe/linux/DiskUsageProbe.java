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

/** How full each file system is. Reserved blocks count as neither used nor available, as {@code df} does. */
public final class DiskUsageProbe implements Probe {
    private static final String MOUNT = "mount point";
    private static final ProbeInfo INFO = new ProbeInfo(
            "disk.usage",
            Duration.ofSeconds(30),
            "How full each mounted file system is; one reading for a device, without pseudo and read-only ones.",
            "/proc/self/mountinfo",
            false,
            List.of(
                    new ReadingKind("disk.size_bytes", MOUNT, "the size of the file system"),
                    new ReadingKind("disk.available_bytes", MOUNT, "what an ordinary user may still write"),
                    new ReadingKind("disk.used_ratio", MOUNT, "used / (used + available), as df shows it"),
                    new ReadingKind("disk.stuck", MOUNT, "1 while the file system gives no answer")));

    private final Path mountInfo;
    private final SpaceReader space;

    public DiskUsageProbe(Path proc) {
        this(proc, SpaceReader.ofThisHost());
    }

    DiskUsageProbe(Path proc, SpaceReader space) {
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
            try {
                add(readings, mount, space.read(mount));
            } catch (NoSuchFileException | AccessDeniedException e) {
                // Unmounted a moment ago, or another user's mount (FUSE): not ours to watch.
            }
        }
        return readings;
    }

    private static void add(List<Reading> readings, Mount mount, Optional<FileSystemSpace> answer) {
        Map<String, String> labels = Map.of("type", mount.type(), "device", mount.device());
        if (mount.network()) {
            readings.add(new Reading("disk.stuck", mount.subject(), answer.isEmpty() ? 1 : 0, labels));
        }
        FileSystemSpace space = answer.orElse(new FileSystemSpace(0, 0, 0, 0, 0));
        long used = space.sizeBytes() - space.freeBytes();
        if (space.sizeBytes() > 0 && used + space.availableBytes() > 0) {
            readings.add(new Reading("disk.size_bytes", mount.subject(), (double) space.sizeBytes(), labels));
            readings.add(new Reading("disk.available_bytes", mount.subject(), (double) space.availableBytes(), labels));
            readings.add(new Reading(
                    "disk.used_ratio", mount.subject(), (double) used / (used + space.availableBytes()), labels));
        }
    }
}
