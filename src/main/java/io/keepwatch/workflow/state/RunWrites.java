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
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes runs with their events, steps and rules. Doing it again changes nothing. */
final class RunWrites {
    private RunWrites() {}

    static void write(StateSession session, RunAt at) throws SQLException {
        Run run = at.run();
        Written before = session.runs().get(run.id());
        long number = before == null ? insert(session, at) : before.number();
        if (before == null || before.run().status() != run.status()) {
            update(session.database(), number, run, at.at());
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
        Run run = at.run();
        Database database = session.database();
        PreparedStatement find = new Binder(database.statement("SELECT number FROM run WHERE id = ?"))
                .text(run.id())
                .bound();
        try (ResultSet row = find.executeQuery()) {
            if (row.next()) {
                return row.getLong(1);
            }
        }
        revision(session, at.revision(), run.revision());
        String body = RecordJson.event(run.event());
        new Binder(database.statement("INSERT INTO event (source, id, type, accepted, body) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING"))
                .text(run.event().source())
                .text(run.event().id())
                .text(run.event().type())
                .number(run.created().toEpochMilli())
                .text(body)
                .run();
        return insert(database, run, body);
    }

    private static long insert(Database database, Run run, String body) throws SQLException {
        long event;
        String stored;
        PreparedStatement find = new Binder(
                        database.statement("SELECT number, body FROM event WHERE id = ? AND source = ?"))
                .text(run.event().id())
                .text(run.event().source())
                .bound();
        try (ResultSet row = find.executeQuery()) {
            event = row.getLong(1);
            stored = row.getString(2);
        }
        PreparedStatement insert = new Binder(database.statement("INSERT INTO run (id, rule, event, key, resolve, seen,"
                        + " previous, revision, created, status, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " RETURNING number"))
                .text(run.id())
                .text(run.rule())
                .number(event)
                .text(run.key())
                .flag(run.resolve())
                .text(body.equals(stored) ? null : body)
                .text(previous(run))
                .text(run.revision())
                .number(run.created().toEpochMilli())
                .text(run.status().name())
                .text(run.problem())
                .bound();
        try (ResultSet row = insert.executeQuery()) {
            return row.getLong(1);
        }
    }

    private static @Nullable String previous(Run run) {
        return run.previous().map((RuleEvent event) -> RecordJson.event(event)).orElse(null);
    }

    private static void update(Database database, long number, Run run, Instant at) throws SQLException {
        Binder update = new Binder(
                        database.statement("UPDATE run SET status = ?, problem = ?, ended = ? WHERE number = ?"))
                .text(run.status().name())
                .text(run.problem());
        (run.status().isEnd() ? update.number(at.toEpochMilli()) : update.nulls(1))
                .number(number)
                .run();
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
