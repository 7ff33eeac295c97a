package io.keepwatch.snapshot;

import io.keepwatch.probe.ToolRunner;
import io.keepwatch.probe.linux.MountLine;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes snapshots for backups and removes them. Each is on record before it is made, so that what a crash leaves is removed
 * later; nothing that is not on record is ever removed. One thread at a time; blocks.
 */
public final class SnapshotKeeper {
    /** Of btrfs, at the top of a subvolume: what is beneath it belongs to no backup. */
    public static final String FOLDER = BtrfsSnapshots.FOLDER;

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotKeeper.class);
    /** LVM takes names of 127 bytes. */
    private static final int LONGEST_HOST = 60;

    private final String host;
    private final Path mountInfo;
    private final SnapshotRecords records;
    private final List<SnapshotKind> kinds;
    private long lastSecond;

    /**
     * @param host its name becomes part of the names of snapshots
     * @param folder of the state, for records and for mounts
     * @param root {@code /} of the host, or a folder whose {@code proc} and {@code sys} stand in for it
     */
    public SnapshotKeeper(String host, Path folder, Path root, ToolRunner tools) {
        this.host = host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        this.mountInfo = root.resolve("proc/self/mountinfo");
        this.records = new SnapshotRecords(folder);
        SnapshotMount mounts = new SnapshotMount(mountInfo, tools);
        this.kinds = List.of(
                new BtrfsSnapshots(tools),
                new ZfsSnapshots(folder, mounts, tools),
                new LvmVolumeSnapshots(folder, root.resolve("sys"), mounts, tools));
    }

    public static SnapshotKeeper ofThisHost(String host, Path folder) {
        return new SnapshotKeeper(host, folder, Path.of("/"), ToolRunner.ofThisHost());
    }

    /** What is mounted beneath a directory, by paths relative to it; a snapshot holds nothing of that. */
    public List<Path> mountedBeneath(Path realDirectory) throws IOException {
        return MountLine.list(mountInfo).stream()
                .map(SnapshotKeeper::point)
                .filter(point -> point.startsWith(realDirectory) && !point.equals(realDirectory))
                .map(realDirectory::relativize)
                .toList();
    }

    /**
     * Makes one snapshot in which all of these directories are, as they are at one moment. Throws where they lie on a file
     * system that cannot do it, or on several; the message says what to do.
     */
    public FrozenFiles freeze(List<Path> realDirectories, Instant now, Optional<ByteSize> room) throws IOException {
        if (!Files.exists(mountInfo)) {
            throw new IOException(
                    "snapshots can be made on Linux only: without \"from: snapshot\" files are backed up as they are");
        }
        removeLeftOver();
        List<MountLine> mounts = MountLine.list(mountInfo);
        String name = name(now);
        Path first = realDirectories.get(0);
        SnapshotKind kind = kind(first, mount(first, mounts));
        Snapshot snapshot = kind.plan(mount(first, mounts), first, name);
        for (Path other : realDirectories.subList(1, realDirectories.size())) {
            MountLine mount = mount(other, mounts);
            if (!kind.fits(mount) || !kind.plan(mount, other, name).equals(snapshot)) {
                throw new IOException("\"" + first + "\" and \"" + other
                        + "\" lie on different file systems or subvolumes, which have no moment in common:"
                        + " write a step for each of them");
            }
        }
        records.keep(snapshot);
        try {
            kind.make(snapshot, room);
        } catch (IOException | RuntimeException e) {
            remove(kind, snapshot);
            throw e;
        }
        return new FrozenFiles(snapshot, kind, () -> remove(kind, snapshot));
    }

    /** Removes what a crash, or a file that was in use, left behind. What goes wrong is told in the log. */
    public void removeLeftOver() {
        try {
            for (Snapshot snapshot : records.all()) {
                for (SnapshotKind kind : kinds) {
                    if (kind.name().equals(snapshot.kind())) {
                        LOG.info("the snapshot \"{}\" of {} was left over", snapshot.name(), snapshot.origin());
                        remove(kind, snapshot);
                    }
                }
            }
        } catch (IOException e) {
            LOG.warn("the snapshots that were left over are not known: {}", e.toString());
        }
    }

    /** Is done to the end also while Keepwatch stops. */
    private void remove(SnapshotKind kind, Snapshot snapshot) {
        boolean interrupted = Thread.interrupted();
        try {
            kind.remove(snapshot);
            records.forget(snapshot);
        } catch (IOException e) {
            LOG.warn(
                    "the snapshot \"{}\" of {} stays until the next snapshot or start: {}",
                    snapshot.name(),
                    snapshot.origin(),
                    e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private SnapshotKind kind(Path path, MountLine mount) throws IOException {
        for (SnapshotKind kind : kinds) {
            if (kind.fits(mount)) {
                return kind;
            }
        }
        throw new IOException("\"" + path + "\" lies on " + mount.type() + " (" + mount.source()
                + "), of which no snapshot can be made: that takes btrfs, ZFS or a logical volume of LVM;"
                + " without \"from: snapshot\" it is backed up as it is");
    }

    private static MountLine mount(Path path, List<MountLine> mounts) throws IOException {
        return mounts.stream()
                .filter(mount -> path.startsWith(point(mount)))
                .max(Comparator.comparingInt(mount -> point(mount).getNameCount()))
                .orElseThrow(() -> new IOException("no mount is known that holds \"" + path + "\""));
    }

    private static Path point(MountLine mount) {
        return mount.point().under(Path.of("/"));
    }

    /** Two within one second have different names too. */
    private String name(Instant now) {
        lastSecond = Math.max(now.getEpochSecond(), lastSecond + 1);
        return "keepwatch-" + host.substring(0, Math.min(host.length(), LONGEST_HOST)) + "-" + lastSecond;
    }
}
