package io.keepwatch.backup.restore;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.HeldEntry;
import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The directory that receives a root's files. Its directories are reached part by part, and never through a link. */
final class TargetTree {
    private final HeldTree view;
    private final StagingArea staging;
    private final boolean replacesLinks;
    private final Map<RawPath, Long> made = new ConcurrentHashMap<>();
    private final Set<RawPath> touched = ConcurrentHashMap.newKeySet();

    TargetTree(HeldTree view, StagingArea staging, boolean replacesLinks) {
        this.view = view;
        this.staging = staging;
        this.replacesLinks = replacesLinks;
    }

    /** The directory at this path, for entries to be put in; it and those above it are made where they are missing. */
    HeldDirectory reach(RawPath directory) throws IOException {
        HeldDirectory at = view.directory(RawPath.ROOT);
        RawPath path = RawPath.ROOT;
        for (byte[] name : directory.segments()) {
            path = path.child(name);
            try (HeldDirectory parent = at) {
                at = reach(parent, name, path);
            }
        }
        return at;
    }

    private HeldDirectory reach(HeldDirectory parent, byte[] name, RawPath path) throws IOException {
        try {
            return noteIfAdopted(parent.directory(name), path);
        } catch (NoSuchFileException missing) {
            clearTheWay(parent, name, path);
        }
        try {
            parent.createDirectory(name);
        } catch (FileAlreadyExistsException e) {
            // Another thread of this restore was faster.
            return parent.directory(name);
        }
        staging.made(path);
        touched.add(path.parent().orElse(RawPath.ROOT));
        HeldDirectory directory = parent.directory(name);
        made.put(path, directory.stat().inode());
        return directory;
    }

    private HeldDirectory noteIfAdopted(HeldDirectory directory, RawPath path) throws IOException {
        if (staging.adopted().contains(path)) {
            made.putIfAbsent(path, directory.stat().inode());
        }
        return directory;
    }

    private void clearTheWay(HeldDirectory parent, byte[] name, RawPath path) throws IOException {
        FileType type;
        try (HeldEntry entry = parent.entry(name)) {
            type = entry.stat().type();
        } catch (NoSuchFileException e) {
            return;
        }
        if (type != FileType.DIRECTORY) {
            if (!replacesLinks) {
                throw new FileSystemException(
                        path.toString(),
                        null,
                        "a " + type + " is where a directory is needed; restore with overwrite"
                                + " \"always\" to replace it, or into another directory");
            }
            parent.removeFile(name);
        }
    }

    HeldTree view() {
        return view;
    }

    /** Moves a finished entry from the staging area into place. */
    void moveIn(byte[] staged, HeldDirectory parent, RawPath path, boolean replace) throws IOException {
        staging.directory().move(staged, parent, path.name(), replace);
        touched.add(path.parent().orElse(RawPath.ROOT));
    }

    /** The directory belongs to this restore, or to one before it that was interrupted. */
    boolean isMade(RawPath directory) {
        return made.containsKey(directory) || staging.adopted().contains(directory);
    }

    /** From now on the directory counts as made by this restore, also for the next one if this one is interrupted. */
    void claim(RawPath directory, FileStat stat) throws IOException {
        staging.made(directory);
        made.put(directory, stat.inode());
    }

    boolean isTouched(RawPath directory) {
        return touched.contains(directory);
    }

    Set<RawPath> made() {
        return made.keySet();
    }

    /** Whether a directory made by this restore is still the same one. */
    boolean isStill(RawPath directory, FileStat stat) {
        return made.getOrDefault(directory, stat.inode()) == stat.inode();
    }

    StagingArea staging() {
        return staging;
    }

    /** Returns when every name that was put in is on the disk. */
    void sync(Warnings warnings) {
        for (RawPath path : touched) {
            try (HeldDirectory directory = view.directory(path)) {
                directory.sync();
            } catch (IOException e) {
                warnings.add("names in directory", path, "may be lost in a power cut now (" + e.getMessage() + ")");
            }
        }
    }
}
