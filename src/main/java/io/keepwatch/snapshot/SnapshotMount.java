package io.keepwatch.snapshot;

import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.probe.linux.MountLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Mounts a snapshot on a folder of the state, for reading only, and unmounts it again. Blocks. */
final class SnapshotMount {
    private static final Duration TIME_OUT = Duration.ofMinutes(2);
    private static final String OPTIONS = "ro,nodev,nosuid,noexec";

    private final Path mountInfo;
    private final ToolRunner tools;

    SnapshotMount(Path mountInfo, ToolRunner tools) {
        this.mountInfo = mountInfo;
        this.tools = tools;
    }

    /** Throws with the words of mount. */
    void mount(String type, String source, Path place) throws IOException {
        Files.createDirectories(place);
        // XFS refuses a second file system with the same UUID. A journal that is left is played into the snapshot.
        String options = type.equals("xfs") ? OPTIONS + ",nouuid" : OPTIONS;
        tools.need(Tool.MOUNT, TIME_OUT, "-t", type, "-o", options, source, place.toString());
    }

    /** Also where it is not mounted, or not there. */
    void unmount(Path place) throws IOException {
        boolean mounted = MountLine.list(mountInfo).stream()
                .anyMatch(mount -> mount.point().under(Path.of("/")).equals(place));
        if (mounted) {
            tools.need(Tool.UMOUNT, TIME_OUT, place.toString());
        }
        Files.deleteIfExists(place);
    }
}
