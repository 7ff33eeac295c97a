package io.keepwatch.workflow.state;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.engine.StepState;
import io.keepwatch.workflow.rule.Revision;
import io.keepwatch.workflow.rule.RuleText;
import io.keepwatch.workflow.state.Decided.RunAt;
import io.keepwatch.workflow.state.StateSession.Written;
import io.keepwatch.workflow.type.RuleEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Writes runs with their events, steps and rules. Doing it again changes nothing. */
final class RunWrites {
    private static final int CONSTRAINT = SQLiteErrorCode.SQLITE_CONSTRAINT.code;

    private RunWrites() {}

    static void write(StateSession session, RunAt at) throws SQLException {
        Run run = at.run();
        Written before = session.runs().get(run.id());
        long number = before == null ? insert(session, at) : before.number();
        if (before != null && before.run().status() != run.status()) {
            update(session.database(), number, at);
        }
        Map<String, StepState> known = before == null ? Map.of() : before.run().steps();
        int position = 0;
        for (Map.Entry<String, StepState> step : run.steps().entrySet()) {
            if (!step.getValue().equals(known.get(step.getKey()))) {
                step(session.database(), number, position, step.getKey(), step.getValue());
            }
            position++;
        }
        if (run.status().isEnd()) {
            session.runs().remove(run.id());
        } else {
            session.runs().put(run.id(), new Written(number, run));
        }
    }

    private static long insert(StateSession session, RunAt at) throws SQLException {
        revision(session, at.revision(), at.run().revision());
        Database database = session.database();
        String body = RecordJson.event(at.run().event());
        Stored event = event(database, at.run(), body);
        Binder insert = new Binder(database.statement("INSERT INTO run (id, rule, event, key, resolve, seen, previous,"
                        + " revision, created, status, problem, ended) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING RETURNING number"))
                .text(at.run().id())
                .text(at.run().rule())
                .number(event.number())
                .text(at.run().key())
                .flag(at.run().resolve())
                .text(body.equals(event.body()) ? null : body)
                .text(previous(at.run()))
                .text(at.run().revision())
                .number(at.run().created().toEpochMilli())
                .text(at.run().status().name())
                .text(at.run().problem());
        try (ResultSet row = ended(insert, at).bound().executeQuery()) {
            if (row.next()) {
                return row.getLong(1);
            }
        }
        // A write whose end was not told may have been done, or the connection is another one than before.
        PreparedStatement find = new Binder(database.statement("SELECT number FROM run WHERE id = ?"))
                .text(at.run().id())
                .bound();
        try (ResultSet row = find.executeQuery()) {
            if (!row.next()) {
                throw new SQLException(
                        "the event " + event.number() + " started the rule "
                                + at.run().rule() + " as another run",
                        "23000",
                        CONSTRAINT);
            }
            update(database, row.getLong(1), at);
            return row.getLong(1);
        }
    }

    /** An event as it is on the disk. */
    private record Stored(long number, String body) {}

    private static Stored event(Database database, Run run, String body) throws SQLException {
        RuleEvent event = run.event();
        PreparedStatement insert = new Binder(database.statement("INSERT INTO event (source, id, type, accepted, body)"
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING number"))
                .text(event.source())
                .text(event.id())
                .text(event.type())
                .number(run.created().toEpochMilli())
                .text(body)
                .bound();
        try (ResultSet row = insert.executeQuery()) {
            if (row.next()) {
                return new Stored(row.getLong(1), body);
            }
        }
        PreparedStatement find = new Binder(
                        database.statement("SELECT number, body FROM event WHERE id = ? AND source = ?"))
                .text(event.id())
                .text(event.source())
                .bound();
        try (ResultSet row = find.executeQuery()) {
            return new Stored(row.getLong(1), row.getString(2));
        }
    }

    private static @Nullable String previous(Run run) {
        return run.previous().map((RuleEvent event) -> RecordJson.event(event)).orElse(null);
    }

    private static void update(Database database, long number, RunAt at) throws SQLException {
        Binder update = new Binder(
                        database.statement("UPDATE run SET status = ?, problem = ?, ended = ? WHERE number = ?"))
                .text(at.run().status().name())
                .text(at.run().problem());
        ended(update, at).number(number).run();
    }

    private static Binder ended(Binder binder, RunAt at) throws SQLException {
        return at.run().status().isEnd() ? binder.number(at.at().toEpochMilli()) : binder.nulls(1);
    }

    private static void step(Database database, long run, int position, String path, StepState state)
            throws SQLException {
        Binder upsert = new Binder(database.statement("INSERT INTO step (run, path, position, status, attempt, until,"
                        + " result) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run, path) DO UPDATE SET status ="
                        + " excluded.status, attempt = excluded.attempt, until = excluded.until, result ="
                        + " excluded.result"))
                .number(run)
                .text(path)
                .number(position)
                .text(state.status().name())
                .number(state.attempt());
        (state.until().isPresent() ? upsert.number(state.until().get().toEpochMilli()) : upsert.nulls(1))
                .text(BoundedResult.json(state.result()))
                .run();
    }

    private static void revision(StateSession session, Revision revision, String hash) throws SQLException {
        if (!revision.hash().equals(hash) || !session.revisions().add(hash)) {
            return;
        }
        int position = 0;
        for (RuleText text : revision.texts()) {
            new Binder(session.database()
                            .statement("INSERT INTO rule_file (hash, path, text) VALUES (?, ?, ?)"
                                    + " ON CONFLICT DO NOTHING"))
                    .text(text.hash())
                    .text(text.path())
                    .text(text.text())
                    .run();
            new Binder(session.database()
                            .statement("INSERT INTO revision (hash, position, file_hash) VALUES (?, ?, ?)"
                                    + " ON CONFLICT DO NOTHING"))
                    .text(hash)
                    .number(position++)
                    .text(text.hash())
                    .run();
        }
    }
}
