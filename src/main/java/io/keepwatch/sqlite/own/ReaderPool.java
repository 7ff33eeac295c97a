package io.keepwatch.sqlite.own;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Read-only connections: as many as there are readers at a time, a few of them kept open. Any thread. */
public final class ReaderPool implements AutoCloseable {
    private static final int KEPT = 4;

    private final Owner owner;
    private final Migrations migrations;
    private final Path file;
    private final BlockingQueue<Database> idle = new ArrayBlockingQueue<>(KEPT);
    private volatile boolean closed;

    public ReaderPool(Owner owner, Migrations migrations, Path file) {
        this.owner = owner;
        this.migrations = migrations;
        this.file = file;
    }

    /** One question. */
    @FunctionalInterface
    public interface Read<T> {
        T apply(Database database) throws SQLException;
    }

    /** Runs the read on a connection that nobody else has meanwhile. */
    public <T> T read(Read<T> read) {
        try {
            Database database = take();
            boolean done = false;
            try {
                T result = read.apply(database);
                done = true;
                return result;
            } finally {
                giveBack(database, done);
            }
        } catch (SQLException e) {
            throw SqlProblem.of(owner, file, e);
        }
    }

    private Database take() throws SQLException {
        Database known = idle.poll();
        if (known != null) {
            return known;
        }
        if (closed) {
            throw owner.problem(
                    "the reader of the " + owner.name() + " " + file + " was closed before this read", null);
        }
        if (!Files.exists(file)) {
            throw owner.missing(file);
        }
        Database opened = Database.openReadOnly(file);
        try {
            migrations.requireCurrent(file, opened);
            return opened;
        } catch (SQLException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void giveBack(Database database, boolean sound) throws SQLException {
        if (!sound || !idle.offer(database)) {
            database.close();
        } else if (closed) {
            close();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (Database database = idle.poll(); database != null; database = idle.poll()) {
                database.close();
            }
        } catch (SQLException e) {
            throw SqlProblem.of(owner, file, e);
        }
    }
}
