package io.keepwatch.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads what lies beneath a root, never outside it: every part of a path is opened without following links, relative to
 * the part before. So a local user who exchanges a file or a directory for a link, a FIFO or a device gets an exception,
 * and no byte of another file is read. Nothing stays open between calls, so the root's file system can be unmounted.
 * Calls block; any thread.
 */
public final class RootDirectory {
    private final Path realPath;
    private final UnaryOperator<FileStat> shown;
    private final OwnerNames owners = new OwnerNames(System::nanoTime);

    /** Takes the root's real path ({@link Path#toRealPath}), resolved once: links that appear in it later are refused. */
    public RootDirectory(Path realPath) {
        this(realPath, stat -> stat);
    }

    private RootDirectory(Path realPath, UnaryOperator<FileStat> shown) {
        this.realPath = realPath;
        this.shown = shown;
    }

    /**
     * The root as a snapshot of its file system shows it, at this path. A snapshot has a device number of its own; in the
     * metadata everything has the one of the file system, so that a file is known again.
     */
    public static RootDirectory inSnapshot(Path realPath, long device) {
        return new RootDirectory(realPath, stat -> stat.withDevice(device));
    }

    public Path realPath() {
        return realPath;
    }

    /**
     * Everything about one entry but its content, read from one inode; the hard-link leader is left empty. Throws {@link
     * java.nio.file.NoSuchFileException} where there is nothing, or a parent is no directory any more.
     */
    public FileMeta meta(RawPath path) throws IOException {
        try (HeldEntry entry = hold(path)) {
            return meta(entry);
        }
    }

    /** The same of an entry that is held. */
    public FileMeta meta(HeldEntry entry) throws IOException {
        FileStat stat = shown.apply(entry.stat());
        Optional<Bytes> target = stat.type() == FileType.SYMLINK ? Optional.of(entry.linkTarget()) : Optional.empty();
        List<Xattr> xattrs = entry.xattrs();
        return new FileMeta(
                stat,
                owners.user(stat.uid(), entry),
                owners.group(stat.gid(), entry),
                target,
                xattrs,
                Optional.empty());
    }

    /**
     * Opens a regular file for reading. Throws {@link ContentChangedException} where the path is something else, without
     * opening that, and {@link java.nio.file.NoSuchFileException} as {@link #meta} does.
     */
    public OpenedFile open(RawPath path) throws IOException {
        return OpenedFile.of(hold(path), path);
    }

    /** The names in a directory, in no order. Throws {@link java.nio.file.NoSuchFileException} as {@link #meta} does. */
    public List<byte[]> names(RawPath directory) throws IOException {
        try (HeldDirectory held = directory(directory)) {
            return held.names();
        }
    }

    private HeldDirectory directory(RawPath path) throws IOException {
        HeldDirectory at = HeldDirectory.open(realPath);
        for (byte[] name : path.segments()) {
            try (HeldDirectory parent = at) {
                at = parent.directory(name);
            }
        }
        return at;
    }

    /**
     * Holds an entry of any type without opening it. The caller closes it. Throws {@link java.nio.file.NoSuchFileException} as
     * {@link #meta} does.
     */
    public HeldEntry hold(RawPath path) throws IOException {
        if (path.isRoot()) {
            return directory(path);
        }
        try (HeldDirectory parent = directory(path.parent().orElse(RawPath.ROOT))) {
            return parent.entry(path.name());
        }
    }
}
