package io.keepwatch.workflow.state;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.NativeLibrary;
import io.keepwatch.sqlite.own.ReaderPool;
import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.engine.Silence;
import io.keepwatch.workflow.type.RuleEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the state of rules beside a running daemon or without one. Any thread; methods block, and throw {@link
 * StateException}.
 */
public final class StateReader implements AutoCloseable {
    private final ReaderPool pool;

    StateReader(ReaderPool pool) {
        this.pool = pool;
    }

    /** Whether there is a state of rules in this folder. */
    public static boolean isThere(Path stateDirectory) {
        return Files.exists(stateDirectory.resolve(StateFile.NAME));
    }

    /** Opens nothing yet: a file that is missing or newer is told by the first question. */
    public static StateReader open(Path stateDirectory) {
        Path file = stateDirectory.resolve(StateFile.NAME);
        try {
            NativeLibrary.unpackIn(stateDirectory);
        } catch (IOException e) {
            throw new StateException(
                    "the folder for temporary files in " + stateDirectory + " could not be made (" + e
                            + "): make the state folder writable for this user",
                    e);
        }
        return new StateReader(new ReaderPool(StateFile.OWNER, StateFile.MIGRATIONS, file));
    }

    public List<RunSummary> runs(RunQuestion question) {
        return pool.read(database -> RunList.of(database, question));
    }

    /** The newest run of each rule. */
    public List<RunSummary> lastRuns() {
        return pool.read(RunList::last);
    }

    /** One run without its steps. */
    public Optional<RunSummary> summary(String id) {
        return pool.read(database -> RunList.one(database, id));
    }

    /** One run with all its steps. */
    public Optional<Run> run(String id) {
        return pool.read(database -> RunRows.one(database, id));
    }

    /** What was the event before for a rule when this one made it run; empty where there was none, or it did not run. */
    public Optional<RuleEvent> previous(String rule, RuleEvent event) {
        return pool.read(database -> RunRows.of(database, rule, event)).flatMap(Run::previous);
    }

    /** Steps that wait for an answer, the oldest first. */
    public List<Question> questions() {
        return pool.read(RunList::questions);
    }

    /** How often each rule ran, by name; rules that never ran are not there. */
    public List<RuleActivity> activity() {
        return pool.read(RunList::activity);
    }

    /** Those that are not over. */
    public List<Silence> silences(Instant now) {
        return pool.read(database -> Silences.after(database, now));
    }

    /** The events of this id that started runs: usually one, more only where two sources gave out the same id. */
    public List<RuleEvent> event(String id) {
        return pool.read(database ->
                events(new Binder(database.statement("SELECT body FROM event WHERE id = ? ORDER BY number")).text(id)));
    }

    /** Events that started runs since then, the oldest first. */
    public List<RuleEvent> events(Instant since, int atMost) {
        return pool.read(database -> events(new Binder(database.statement(
                        "SELECT body FROM event WHERE accepted >= ? ORDER BY accepted, number LIMIT ?"))
                .number(since.toEpochMilli())
                .number(atMost)));
    }

    /** Events that were not judged, the newest first. */
    public List<DeadLetter> deadLetters(int atMost) {
        return pool.read(database -> DeadLetters.newest(database, atMost));
    }

    ReaderPool pool() {
        return pool;
    }

    private static List<RuleEvent> events(Binder query) throws SQLException {
        List<RuleEvent> events = new ArrayList<>();
        try (ResultSet row = query.bound().executeQuery()) {
            while (row.next()) {
                events.add(RecordJson.event(row.getString(1)));
            }
        }
        return events;
    }

    @Override
    public void close() {
        pool.close();
    }
}
