package io.keepwatch.daemon;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.StatReader;
import io.keepwatch.probe.linux.DiskMounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which backed-up directories lie on a disk, for {@code paths_on()} in rules. Any thread; asks the kernel. */
final class DiskPaths {
    private static final Logger LOG = LoggerFactory.getLogger(DiskPaths.class);

    private final DiskMounts mounts;
    private final Collection<Path> roots;

    DiskPaths(DiskMounts mounts, Collection<Path> roots) {
        this.mounts = mounts;
        this.roots = List.copyOf(roots);
    }

    /** The roots on the disk, and the file systems of the disk that are mounted within a root. */
    List<String> on(String disk) {
        List<Path> points;
        try {
            points = mounts.of(disk);
        } catch (IOException e) {
            LOG.warn("what lies on {} is not known: {}", disk, e.getMessage());
            return List.of();
        }
        List<String> paths = new ArrayList<>();
        for (Path root : roots) {
            OptionalLong device = device(root);
            for (Path point : points) {
                if (device.isPresent() && device.equals(device(point))) {
                    paths.add(root.toString());
                } else if (point.startsWith(root)) {
                    paths.add(point.toString());
                }
            }
        }
        return paths.stream().distinct().toList();
    }

    private static OptionalLong device(Path path) {
        try {
            return Optional.of(StatReader.stat(path))
                    .map(FileStat::device)
                    .map(OptionalLong::of)
                    .orElse(OptionalLong.empty());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
