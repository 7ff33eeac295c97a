package io.keepwatch.sqlite;

import io.keepwatch.file.RawPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The files that SQLite keeps beside a database, by the ends of their names. */
public enum DatabaseSibling {
    /** What is committed but not in the database yet. */
    LOG("-wal"),
    /** What a crash would have to undo. */
    JOURNAL("-journal"),
    /** The index of the log, which each start makes anew. */
    SHARED_MEMORY("-shm");

    private final String text;

    DatabaseSibling(String text) {
        this.text = text;
    }

    private byte[] ending() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The same for a file of our own, whose name is plain. */
    Path beside(Path database) {
        return database.resolveSibling(database.getFileName() + text);
    }

    /** Where this file of a database is. */
    public RawPath of(RawPath database) {
        byte[] path = database.bytes();
        byte[] ending = ending();
        byte[] sibling = Arrays.copyOf(path, path.length + ending.length);
        System.arraycopy(ending, 0, sibling, path.length, ending.length);
        return RawPath.of(sibling);
    }

    /** The database that this would be a file of; empty where the name says something else. */
    public Optional<RawPath> databaseOf(RawPath path) {
        byte[] name = path.name();
        byte[] ending = ending();
        int rest = name.length - ending.length;
        boolean noName = rest <= 0 || (rest <= 2 && name[0] == '.' && name[rest - 1] == '.');
        if (noName || !Arrays.equals(name, rest, name.length, ending, 0, ending.length)) {
            return Optional.empty();
        }
        byte[] whole = path.bytes();
        return Optional.of(RawPath.of(Arrays.copyOf(whole, whole.length - ending.length)));
    }
}
