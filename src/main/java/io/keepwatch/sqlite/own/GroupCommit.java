package io.keepwatch.sqlite.own;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one writer: a thread that commits together what was submitted while the commit before ran. One write that does not
 * succeed fails alone: the others are done once more without it, so a write must not remember anything outside its
 * session. When the disk or the file does not play along, the whole group fails, nothing of it is applied, and the next
 * group begins with a new connection.
 */
public final class GroupCommit<S extends Session> implements AutoCloseable {
    private static final int GROUP = 256;

    private final Path file;
    private final Owner owner;
    private final Function<Database, S> sessions;
    private final Reserve reserve;
    private final BlockingQueue<Task<S, ?>> queue = new LinkedBlockingQueue<>();
    private final Task<S, Boolean> end = new Task<>(session -> true);
    private final Thread thread;
    private boolean closed;
    private @Nullable S session;

    public GroupCommit(Owner owner, Path file, Function<Database, S> sessions, Reserve reserve) {
        this.owner = owner;
        this.file = file;
        this.sessions = sessions;
        this.reserve = reserve;
        this.thread = new Thread(this::run, owner.name() + "-writer");
    }

    public void start() {
        thread.start();
    }

    /** Completes after the commit, on the writer's thread: whoever goes on with something that blocks moves elsewhere. */
    public <T> CompletableFuture<T> submit(Write<S, T> write) {
        Task<S, T> task = new Task<>(write);
        synchronized (this) {
            if (!closed) {
                queue.add(task);
                return task.done;
            }
        }
        return CompletableFuture.failedFuture(owner.problem(
                "the " + owner.name() + " " + file
                        + " was closed before this write: it is done again after the next start",
                null));
    }

    private void run() {
        List<Task<S, ?>> group = new ArrayList<>();
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

    private Task<S, ?> next() {
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                // Nobody may interrupt the writer: what is queued was promised.
            }
        }
    }

    private void commit(List<Task<S, ?>> group) {
        try {
            try {
                attempt(group);
            } catch (SQLException e) {
                if (!SqlProblem.isDiskFull(e) || !reserve.release()) {
                    throw e;
                }
                attempt(group);
            }
        } catch (SQLException e) {
            RuntimeException problem = SqlProblem.of(owner, file, e);
            group.forEach(task -> task.done.completeExceptionally(problem));
            return;
        } catch (Throwable e) {
            group.forEach(task -> task.done.completeExceptionally(e));
            return;
        }
        group.forEach(Task::complete);
        reserve.renew();
    }

    /** No savepoint for each write: behind one, SQLite's time for a write grows with all that was written since. */
    private void attempt(List<Task<S, ?>> group) throws SQLException {
        List<Task<S, ?>> left = new ArrayList<>(group);
        boolean committed = false;
        try {
            while (!committed) {
                S current = session();
                current.database().execute("BEGIN IMMEDIATE");
                Optional<Task<S, ?>> failed = firstThatFails(left, current);
                if (failed.isPresent()) {
                    left.remove(failed.get());
                    current.database().execute("ROLLBACK");
                    current.forget();
                } else {
                    current.database().execute("COMMIT");
                    committed = true;
                }
            }
        } finally {
            if (!committed) {
                abandon();
            }
        }
    }

    private Optional<Task<S, ?>> firstThatFails(List<Task<S, ?>> tasks, S current) throws SQLException {
        for (Task<S, ?> task : tasks) {
            if (!task.run(current, owner, file)) {
                return Optional.of(task);
            }
        }
        return Optional.empty();
    }

    private S session() throws SQLException {
        S open = session;
        if (open == null) {
            open = sessions.apply(Database.openWritable(file));
            session = open;
        }
        return open;
    }

    /** Closing rolls back; after an I/O error SQLite asks for a new connection anyway. */
    private void abandon() {
        S open = session;
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

    private static final class Task<S extends Session, T> {
        private final Write<S, T> write;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private @Nullable T result;
        private @Nullable RuntimeException problem;

        Task(Write<S, T> write) {
            this.write = write;
        }

        /** Whether it succeeded; a failure that does not concern the others stays here. */
        boolean run(S session, Owner owner, Path file) throws SQLException {
            result = null;
            problem = null;
            try {
                result = write.apply(session);
                return true;
            } catch (SQLException e) {
                if (!SqlProblem.concernsOneWrite(e)) {
                    throw e;
                }
                problem = SqlProblem.of(owner, file, e);
            } catch (RuntimeException e) {
                problem = e;
            }
            return false;
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
