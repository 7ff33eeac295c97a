package io.keepwatch.backup.restore;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.HeldEntry;
import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Makes entries in the staging area, with all their metadata, and then moves them into place: an entry is there whole or
 * not at all. Any thread.
 */
final class EntryPlacer {
    private final TargetTree tree;
    private final MetadataPolicy policy;

    EntryPlacer(TargetTree tree, MetadataPolicy policy) {
        this.tree = tree;
        this.policy = policy;
    }

    /** The content is on the disk before the file gets its name. Throws {@link BrokenContentException} for a wrong one. */
    FileStat placeFile(RawPath path, FileMeta meta, VerifiedCopy copy, boolean replace) throws IOException {
        return place(path, replace, staged -> {
            HeldDirectory area = tree.staging().directory();
            try (FileChannel channel = area.createFile(staged);
                    HeldEntry file = area.entry(staged)) {
                copy.writeTo(channel);
                policy.apply(file, meta, path);
                channel.force(true);
            }
        });
    }

    /** A link, a FIFO or a device. */
    FileStat placeNode(RawPath path, FileMeta meta, boolean replace) throws IOException {
        return place(path, replace, staged -> {
            HeldDirectory area = tree.staging().directory();
            if (meta.stat().type() == FileType.SYMLINK) {
                area.createLink(staged, target(meta, path));
            } else {
                area.createNode(staged, meta.stat().type(), meta.stat().deviceNumber());
            }
            try (HeldEntry entry = area.entry(staged)) {
                policy.apply(entry, meta, path);
            }
        });
    }

    /** One more name for a file that this restore has put in place (or found there) before. */
    FileStat placeHardLink(RawPath path, RawPath leader, FileStat leaderStat, boolean replace) throws IOException {
        return place(path, replace, staged -> {
            try (HeldEntry file = tree.view().entry(leader)) {
                if (!isSameFile(file.stat(), leaderStat)) {
                    throw new FileSystemException(
                            path.toString(), leader.toString(), "the file to link to was exchanged meanwhile");
                }
                tree.staging().directory().createHardLink(staged, file);
            }
        });
    }

    static boolean isSameFile(FileStat a, FileStat b) {
        return a.device() == b.device() && a.inode() == b.inode();
    }

    private FileStat place(RawPath path, boolean replace, Making making) throws IOException {
        byte[] staged = tree.staging().newName();
        try {
            making.make(staged);
            FileStat stat;
            try (HeldEntry entry = tree.staging().directory().entry(staged)) {
                stat = entry.stat();
            }
            try (HeldDirectory parent = tree.reach(path.parent().orElse(RawPath.ROOT))) {
                if (replace) {
                    removeEmptyDirectory(parent, path);
                }
                tree.moveIn(staged, parent, path, replace);
            }
            return stat;
        } catch (IOException e) {
            removeStaged(staged);
            throw e;
        }
    }

    private static void removeEmptyDirectory(HeldDirectory parent, RawPath path) throws IOException {
        try (HeldEntry existing = parent.entry(path.name())) {
            if (existing.stat().type() == FileType.DIRECTORY) {
                parent.removeDirectory(path.name());
            }
        } catch (NoSuchFileException e) {
            return;
        }
    }

    private void removeStaged(byte[] staged) throws IOException {
        try {
            tree.staging().directory().removeFile(staged);
        } catch (NoSuchFileException e) {
            return;
        }
    }

    private static Bytes target(FileMeta meta, RawPath path) throws IOException {
        return meta.linkTarget()
                .orElseThrow(() ->
                        new FileSystemException(path.toString(), null, "the catalog has no target for this link"));
    }

    private interface Making {
        void make(byte[] staged) throws IOException;
    }
}
