package io.keepwatch.catalog;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one writer: a thread that commits together what was submitted while the commit before ran. Each write has a
 * savepoint, so one that does not succeed goes alone; when the disk or the file does not play along, the whole group
 * fails, nothing of it is applied, and the next group begins with a new connection.
 */
final class GroupCommit implements AutoCloseable {
    private static final int GROUP = 256;

    private final Path file;
    private final Ballast ballast;
    private final BlockingQueue<Task<?>> queue = new LinkedBlockingQueue<>();
    private final Task<Boolean> end = new Task<>(session -> true);
    private final Thread thread = new Thread(this::run, "catalog-writer");
    private boolean closed;
    private @Nullable WriteSession session;

    GroupCommit(Path file, Ballast ballast) {
        this.file = file;
        this.ballast = ballast;
    }

    void start() {
        thread.start();
    }

    /** Completes after the commit, on the writer's thread: whoever goes on with something that blocks moves elsewhere. */
    <T> CompletableFuture<T> submit(Write<T> write) {
        Task<T> task = new Task<>(write);
        synchronized (this) {
            if (!closed) {
                queue.add(task);
                return task.done;
            }
        }
        return CompletableFuture.failedFuture(new CatalogException(
                "the catalog " + file + " was closed before this write: it is done again after the next start", null));
    }

    private void run() {
        List<Task<?>> group = new ArrayList<>();
        boolean more = true;
        while (more) {
            group.add(next());
            queue.drainTo(group, GROUP - 1);
            more = !group.remove(end);
            if (!group.isEmpty()) {
                commit(group);
                group.clear();
            }
        }
        abandon();
    }

    private Task<?> next() {
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                // Nobody may interrupt the writer: what is queued was promised.
            }
        }
    }

    private void commit(List<Task<?>> group) {
        try {
            try {
                attempt(group);
            } catch (SQLException e) {
                if (!SqlProblem.isDiskFull(e) || !ballast.release()) {
                    throw e;
                }
                attempt(group);
            }
        } catch (SQLException e) {
            CatalogException problem = SqlProblem.of(file, e);
            group.forEach(task -> task.done.completeExceptionally(problem));
            return;
        } catch (Throwable e) {
            group.forEach(task -> task.done.completeExceptionally(e));
            return;
        }
        group.forEach(Task::complete);
        ballast.renew();
    }

    private void attempt(List<Task<?>> group) throws SQLException {
        boolean committed = false;
        try {
            WriteSession current = session();
            current.database().execute("BEGIN IMMEDIATE");
            for (Task<?> task : group) {
                task.run(current, file);
            }
            current.database().execute("COMMIT");
            committed = true;
        } finally {
            if (!committed) {
                abandon();
            }
        }
    }

    private WriteSession session() throws SQLException {
        WriteSession open = session;
        if (open == null) {
            open = new WriteSession(Database.openWritable(file));
            session = open;
        }
        return open;
    }

    /** Closing rolls back; after an I/O error SQLite asks for a new connection anyway. */
    private void abandon() {
        WriteSession open = session;
        session = null;
        if (open != null) {
            try {
                open.database().close();
            } catch (SQLException e) {
                // The cause that led here is what is reported; the next connection begins anew.
            }
        }
    }

    /** Commits what is queued and ends; waits for it. Whatever is submitted later fails. */
    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                queue.add(end);
            }
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Task<T> {
        private final Write<T> write;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private @Nullable T result;
        private @Nullable RuntimeException problem;

        Task(Write<T> write) {
            this.write = write;
        }

        void run(WriteSession session, Path file) throws SQLException {
            result = null;
            problem = null;
            session.database().execute("SAVEPOINT one_write");
            try {
                result = write.apply(session);
            } catch (SQLException e) {
                if (!SqlProblem.concernsOneWrite(e)) {
                    throw e;
                }
                undo(session, SqlProblem.of(file, e));
            } catch (RuntimeException e) {
                undo(session, e);
            }
            session.database().execute("RELEASE one_write");
        }

        private void undo(WriteSession session, RuntimeException cause) throws SQLException {
            problem = cause;
            session.database().execute("ROLLBACK TO one_write");
            session.directories().forget();
        }

        void complete() {
            if (problem != null) {
                done.completeExceptionally(problem);
            } else {
                done.complete(result);
            }
        }
    }
}
