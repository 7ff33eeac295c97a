package io.keepwatch.sqlite;

import io.keepwatch.file.FileHasher;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.HashedFile;
import io.keepwatch.file.HeldEntry;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.RootDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * Copies a database through SQLite's own backup, so that the copy is its state at one moment, with all that is committed,
 * while others go on writing. Nothing at the source is written: no byte and no mtime changes, and no file appears or vanishes
 * beside it. Blocks, for a lock at most two seconds; any thread.
 */
public final class DatabaseCopy {
    /** Ticks of file systems are a few milliseconds: a change right before a look may hide another one after it. */
    private static final Duration TICK = Duration.ofMillis(50);

    private final RootDirectory root;
    private final RawPath path;
    private final Path copy;

    private DatabaseCopy(RootDirectory root, RawPath path, Path copy) {
        this.root = root;
        this.path = path;
        this.copy = copy;
    }

    /**
     * Makes the copy, a file of this process alone, and hashes it. The metadata is that of the source, with {@link
     * DatabaseState#combined} as of before the copy, and the size of the copy. Throws {@link DatabaseBusyException} and {@link
     * DatabaseRefusedException}, and other IOExceptions as {@link RootDirectory#meta} does; then nothing is left of the copy.
     */
    public static HashedFile make(RootDirectory root, RawPath path, Path copy) throws IOException {
        try {
            return new DatabaseCopy(root, path, copy).make();
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(copy);
            throw e;
        } finally {
            Files.deleteIfExists(DatabaseSibling.JOURNAL.beside(copy));
        }
    }

    private HashedFile make() throws IOException {
        FileMeta meta;
        DatabaseState before;
        // Held without being opened: closing a file drops every lock that this process has on it, SQLite's too.
        try (HeldEntry held = root.hold(path)) {
            meta = root.meta(held);
            before = DatabaseState.look(root, path);
            try {
                copy(before, held);
            } catch (SQLException e) {
                throw SourceProblem.of(path, e);
            }
        }
        return FileHasher.ofCopy(meta.withStat(before.combined()), copy);
    }

    private void copy(DatabaseState state, HeldEntry held) throws SQLException, IOException {
        if (!DatabaseState.usesLog(root, path)) {
            copyWithJournal(state, held);
        } else if (state.log().isPresent() && state.sharedMemory()) {
            // Others may write; the shared memory holds their locks and ours. With this parameter we write nothing into
            // it.
            try (SourceConnection source = SourceConnection.open(root, path, "?mode=ro&readonly_shm=1")) {
                source.requireSame(held);
                source.copyTo(copy);
            }
        } else if (state.log().isEmpty() && state.journal().isEmpty()) {
            copyAtRest(state, held);
        } else {
            copyUnfinished(state);
        }
    }

    /** Others may write, but not while we hold the lock that readers share. */
    private void copyWithJournal(DatabaseState state, HeldEntry held) throws SQLException, IOException {
        try (SourceConnection source = SourceConnection.open(root, path, "?mode=ro")) {
            source.requireSame(held);
            FileStat locked = held.stat();
            source.copyTo(copy);
            if (!held.stat().sameAs(locked)) {
                throw new DatabaseBusyException("the database \"" + path + "\" changes while it is locked", null);
            }
        } catch (SQLException e) {
            if (!SourceProblem.needsRepair(e)) {
                throw e;
            }
            copyUnfinished(state);
        }
    }

    /** Nobody has it open, as there is no log. Opened as usual, SQLite would make one. */
    private void copyAtRest(DatabaseState state, HeldEntry held) throws SQLException, IOException {
        try (SourceConnection source = SourceConnection.open(root, path, "?immutable=1")) {
            source.requireSame(held);
            source.copyTo(copy);
        }
        requireStill(state);
    }

    /**
     * A program has crashed, or is in the middle of a change. SQLite would have to repair the database before it can read it,
     * so a plain copy of all of it is repaired instead.
     */
    private void copyUnfinished(DatabaseState state) throws SQLException, IOException {
        Path raw = copy.resolveSibling(copy.getFileName() + ".raw");
        try {
            FileHasher files = new FileHasher(root);
            files.copy(path, raw);
            if (state.log().isPresent()) {
                files.copy(DatabaseSibling.LOG.of(path), DatabaseSibling.LOG.beside(raw));
            }
            if (state.journal().isPresent()) {
                files.copy(DatabaseSibling.JOURNAL.of(path), DatabaseSibling.JOURNAL.beside(raw));
            }
            requireStill(state);
            try (SourceConnection source = SourceConnection.openOwn(raw)) {
                source.copyTo(copy);
            }
        } finally {
            Files.deleteIfExists(raw);
            for (DatabaseSibling kind : DatabaseSibling.values()) {
                Files.deleteIfExists(kind.beside(raw));
            }
        }
    }

    private void requireStill(DatabaseState state) throws IOException {
        boolean hides = state.combined().changed().plus(TICK).isAfter(Instant.now());
        if (hides || !DatabaseState.look(root, path).sameAs(state)) {
            throw new DatabaseBusyException("the database \"" + path + "\" changes while it is copied", null);
        }
    }
}
