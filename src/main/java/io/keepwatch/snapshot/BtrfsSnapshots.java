package io.keepwatch.snapshot;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.StatReader;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.probe.linux.MountLine;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/**
 * Snapshots of btrfs subvolumes. They lie in a folder at the top of the subvolume that only Keepwatch may enter: its names
 * are excluded from every backup, and nobody reads there what was removed or closed to him since.
 */
final class BtrfsSnapshots implements SnapshotKind {
    static final String FOLDER = ".keepwatch-snapshots";
    private static final Duration TIME_OUT = Duration.ofMinutes(5);
    /** BTRFS_FIRST_FREE_OBJECTID: the directory at the top of each subvolume. */
    private static final long TOP_INODE = 256;
    /** BTRFS_EMPTY_SUBVOL_DIR_OBJECTID: where a snapshot had a subvolume within. */
    private static final long EMPTY_INODE = 2;

    private static final int FOR_OTHERS = 0077;

    private final ToolRunner tools;

    BtrfsSnapshots(ToolRunner tools) {
        this.tools = tools;
    }

    @Override
    public String name() {
        return "btrfs";
    }

    @Override
    public boolean fits(MountLine mount) {
        return mount.type().equals("btrfs");
    }

    @Override
    public Snapshot plan(MountLine mount, Path realPath, String name) throws IOException {
        Path top = top(mount.point().under(Path.of("/")), realPath);
        return new Snapshot(
                name(),
                name,
                top.toString(),
                mount.type(),
                top,
                top.resolve(FOLDER).resolve(name));
    }

    private static Path top(Path mounted, Path realPath) throws IOException {
        long device = StatReader.lstat(realPath).device();
        for (Path at = realPath; at != null && at.startsWith(mounted); at = at.getParent()) {
            FileStat stat = StatReader.lstat(at);
            if (stat.device() == device && stat.inode() == TOP_INODE) {
                return at;
            }
        }
        throw new IOException("\"" + realPath + "\" lies in a subvolume whose top directory is not mounted: \""
                + mounted + "\" shows only a part of it; mount the subvolume itself");
    }

    @Override
    public void make(Snapshot snapshot, Optional<ByteSize> room) throws IOException {
        Path folder = snapshot.top().resolve(FOLDER);
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        FileStat stat = StatReader.lstat(folder);
        boolean own = stat.type() == FileType.DIRECTORY
                && (stat.mode() & FOR_OTHERS) == 0
                && stat.uid() == StatReader.stat(Path.of("/proc/self")).uid();
        if (!own) {
            throw new IOException("\"" + folder + "\" is no directory of Keepwatch's user that is closed to others:"
                    + " remove it, it is made anew");
        }
        tools.need(
                Tool.BTRFS,
                TIME_OUT,
                "subvolume",
                "snapshot",
                "-r",
                snapshot.top().toString(),
                snapshot.place().toString());
    }

    @Override
    public void remove(Snapshot snapshot) throws IOException {
        if (Files.exists(snapshot.place(), LinkOption.NOFOLLOW_LINKS)) {
            // Waits for the commit: a power cut would bring the snapshot back, and no record of it.
            tools.need(
                    Tool.BTRFS,
                    TIME_OUT,
                    "subvolume",
                    "delete",
                    "--commit-after",
                    snapshot.place().toString());
        }
    }

    @Override
    public boolean leavesOut(FileStat directory) {
        return directory.type() == FileType.DIRECTORY && directory.inode() == EMPTY_INODE;
    }
}
