package io.keepwatch.backup;

import io.keepwatch.file.Content;
import io.keepwatch.file.FileHasher;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.HashedFile;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.RootDirectory;
import io.keepwatch.sqlite.DatabaseCopy;
import io.keepwatch.sqlite.DatabaseState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for copies of files that never rest long enough to be read twice, and of databases. What a crash leaves in it is removed at the
 * next start. Any thread.
 */
public final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final Path directory;
    private final Map<Content, Path> copies = new ConcurrentHashMap<>();

    /** Makes the folder, or empties it. */
    public Spool(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    /**
     * Copies and hashes a file; the copy stays until its content is released. Throws IOException where the copy would take
     * more than half of the room that is left.
     */
    HashedFile copy(RootDirectory root, RawPath path) throws IOException {
        requireRoom(root.meta(path).stat().sizeBytes(), "it changes while it is read, and ");
        return keep(copy -> new FileHasher(root).copy(path, copy));
    }

    /** The same of a database, by SQLite: see {@link DatabaseCopy#make}. */
    HashedFile database(RootDirectory root, RawPath path) throws IOException {
        DatabaseState state = DatabaseState.look(root, path);
        long bytes = state.file().sizeBytes()
                + state.log().map(FileStat::sizeBytes).orElse(0L)
                + state.journal().map(FileStat::sizeBytes).orElse(0L);
        requireRoom(2 * bytes, "");
        return keep(copy -> DatabaseCopy.make(root, path, copy));
    }

    private void requireRoom(long bytes, String why) throws IOException {
        long room = Files.getFileStore(directory).getUsableSpace();
        if (bytes > room / 2) {
            throw new IOException(why + directory + " has too little room for a copy (" + room
                    + " bytes free, the copy may take " + bytes + "): free space there");
        }
    }

    private HashedFile keep(Copying copying) throws IOException {
        Path copy = directory.resolve(UUID.randomUUID() + ".copy");
        try {
            HashedFile file = copying.into(copy);
            copies.put(file.content(), copy);
            return file;
        } catch (IOException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
    }

    private interface Copying {
        HashedFile into(Path copy) throws IOException;
    }

    /** Removes the copy behind this content, if there is one. */
    void release(Content content) {
        Path copy = copies.remove(content);
        if (copy == null) {
            return;
        }
        try {
            Files.delete(copy);
        } catch (IOException e) {
            LOG.warn("{} stays until the next start: {}", copy, e.toString());
        }
    }
}
