package io.keepwatch.workflow.state;

import io.keepwatch.sqlite.own.Database;
import io.keepwatch.sqlite.own.GroupCommit;
import io.keepwatch.sqlite.own.NativeLibrary;
import io.keepwatch.sqlite.own.Reserve;
import io.keepwatch.sqlite.own.SqlProblem;
import io.keepwatch.workflow.engine.Changes.StateKey;
import io.keepwatch.workflow.engine.KeyState;
import io.keepwatch.workflow.engine.Memory;
import io.keepwatch.workflow.engine.Silence;
import io.keepwatch.workflow.rule.Revision;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.state.Decided.RunAt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What rules remember: runs and their steps, triggers, silences, messages. Every write completes after its commit is on the
 * disk, and writes that arrive together share a commit; any thread may write. A future completes on the writer's thread.
 *
 * <p>The state folder belongs to one daemon; its lock is that of the catalog. Finished runs are kept for 30 days, and at
 * most 10,000 of them; an event is not known any more when its runs are forgotten.
 */
public final class StateDatabase implements AutoCloseable {
    private final GroupCommit<StateSession> writer;
    private final StateReader reader;
    private final Set<RunIdentity> known = ConcurrentHashMap.newKeySet();
    private final AtomicLong writes = new AtomicLong();

    private StateDatabase(GroupCommit<StateSession> writer, StateReader reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * Opens {@code state.db}, or makes it, for its owner alone. Blocks.
     *
     * @throws StateException where the file is damaged, newer than this program or cannot be used; it says what to do
     */
    public static StateDatabase open(Path stateDirectory) {
        Path file = stateDirectory.resolve(StateFile.NAME);
        try {
            Files.createDirectories(
                    stateDirectory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            NativeLibrary.unpackIn(stateDirectory);
            boolean afterCrash = Files.exists(stateDirectory.resolve(StateFile.NAME + "-wal"));
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            try (Database database = Database.openWritable(file)) {
                String soundness = afterCrash ? database.quickCheck() : "ok";
                if (!soundness.equals("ok")) {
                    throw StateFile.OWNER.damaged(file, soundness, null);
                }
                StateFile.MIGRATIONS.apply(file, database);
            }
        } catch (IOException e) {
            throw new StateException(
                    "the state of the rules " + file + " could not be made (" + e + "): the state folder must belong to"
                            + " the user of the daemon, on a writable file system",
                    e);
        } catch (SQLException e) {
            throw SqlProblem.of(StateFile.OWNER, file, e);
        }
        GroupCommit<StateSession> writer = new GroupCommit<>(StateFile.OWNER, file, StateSession::new, Reserve.NONE);
        StateDatabase state = new StateDatabase(writer, StateReader.open(stateDirectory));
        state.loadKnown();
        writer.start();
        return state;
    }

    public StateReader reader() {
        return reader;
    }

    public Outbox outbox() {
        return new StateOutbox(writer, reader.pool());
    }

    /**
     * What these rules remember from before. What belongs to other triggers is left out; {@code read} gives other revisions
     * that open runs began with, and empty where it cannot any more.
     */
    public Memory memory(RuleSet rules, Function<Revision, Optional<RuleSet>> read, Instant now) {
        return reader.pool().read(database -> MemoryReader.of(database, rules, read, now));
    }

    /** Whether there was such a run already. Answers at once. */
    boolean isKnown(RunIdentity identity) {
        return known.contains(identity);
    }

    /** These runs exist from now on, although they are not committed yet. */
    void know(RunIdentity identity) {
        known.add(identity);
    }

    int knownRuns() {
        return known.size();
    }

    /** All of it in one transaction. */
    CompletableFuture<Void> commit(Decided decided) {
        return write(session -> {
            for (String rule : decided.forgotten()) {
                TriggerWrites.forget(session.database(), rule);
            }
            for (RunAt run : decided.runs().values()) {
                RunWrites.write(session, run);
            }
            for (Map.Entry<StateKey, KeyState> state : decided.states().entrySet()) {
                TriggerWrites.state(session.database(), state.getKey(), state.getValue());
            }
            for (Map.Entry<String, Instant> time : decided.lastTimes().entrySet()) {
                TriggerWrites.lastTime(session.database(), time);
            }
        });
    }

    /** Forgets what triggers remember that are not in these rules, so that it does not come back with them one day. */
    CompletableFuture<Void> keepOnly(RuleSet rules) {
        Set<String> hashes = rules.rules().stream()
                .filter(rule -> rule.mode() != Rule.Mode.OFF)
                .map(rule -> rule.name() + " " + rule.onHash())
                .collect(Collectors.toSet());
        return write(session -> TriggerWrites.keepOnly(session.database(), hashes));
    }

    CompletableFuture<Void> silence(Silence silence) {
        return write(session -> TriggerWrites.silence(session.database(), silence));
    }

    CompletableFuture<Void> bury(DeadLetter letter) {
        return write(session -> DeadLetters.add(session.database(), letter));
    }

    /** Forgets what is old, a few runs at a time, so that other writes come in between. */
    CompletableFuture<Void> prune(Instant now) {
        return writer.submit(session -> Pruning.surplus(session.database()))
                .thenCompose(surplus -> prune(surplus, now));
    }

    private CompletableFuture<Void> prune(long surplus, Instant now) {
        return writer.submit(session -> {
                    List<RunIdentity> gone = Pruning.runs(session.database(), surplus, now);
                    if (gone.isEmpty()) {
                        Pruning.others(session.database(), now);
                        session.forget();
                    }
                    return gone;
                })
                .thenCompose(gone -> {
                    gone.forEach(known::remove);
                    return gone.isEmpty() ? CompletableFuture.completedFuture(null) : prune(surplus, now);
                });
    }

    /** How many writes were submitted since this was opened. */
    public long writes() {
        return writes.get();
    }

    private CompletableFuture<Void> write(VoidWrite write) {
        writes.incrementAndGet();
        return writer.submit(session -> {
                    write.apply(session);
                    return true;
                })
                .thenAccept(done -> {});
    }

    @FunctionalInterface
    private interface VoidWrite {
        void apply(StateSession session) throws SQLException;
    }

    static <T> T await(CompletableFuture<T> write) {
        try {
            return write.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StateException cause ? cause : e;
        }
    }

    private void loadKnown() {
        known.addAll(reader.pool().read(database -> {
            Set<RunIdentity> found = ConcurrentHashMap.newKeySet();
            try (ResultSet row = database.statement(RunIdentity.SELECT).executeQuery()) {
                while (row.next()) {
                    found.add(RunIdentity.of(row));
                }
            }
            return found;
        }));
    }

    /** Commits what was submitted and ends. Blocks. */
    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
