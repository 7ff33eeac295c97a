package io.keepwatch.workflow.state;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.engine.StepState;
import io.keepwatch.workflow.rule.Revision;
import io.keepwatch.workflow.rule.RuleText;
import io.keepwatch.workflow.type.RuleEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads runs with their steps. */
final class RunRows {
    private static final String SELECT = "SELECT r.number, r.id, r.rule, r.key, coalesce(r.seen, e.body) AS event,"
            + " r.previous, r.resolve, r.revision, r.created, r.status, r.problem"
            + " FROM run r JOIN event e ON e.number = r.event";

    private RunRows() {}

    /** In the order they were accepted. */
    static List<Run> open(Database database) throws SQLException {
        return runs(database, database.statement(SELECT + " WHERE r.ended IS NULL ORDER BY r.number"));
    }

    static Optional<Run> one(Database database, String id) throws SQLException {
        return runs(
                        database,
                        new Binder(database.statement(SELECT + " WHERE r.id = ?"))
                                .text(id)
                                .bound())
                .stream()
                .findFirst();
    }

    /** Of a state, that at its beginning before that at its end. */
    static Optional<Run> of(Database database, String rule, RuleEvent event) throws SQLException {
        return runs(
                        database,
                        new Binder(
                                        database.statement(
                                                SELECT
                                                        + " WHERE e.id = ? AND e.source = ? AND r.rule = ? ORDER BY r.resolve, r.number"))
                                .text(event.id())
                                .text(event.source())
                                .text(rule)
                                .bound())
                .stream()
                .findFirst();
    }

    static Revision revision(Database database, String hash) throws SQLException {
        List<RuleText> texts = new ArrayList<>();
        try (ResultSet row = new Binder(database.statement("SELECT f.path, f.text FROM revision r JOIN rule_file f"
                        + " ON f.hash = r.file_hash WHERE r.hash = ? ORDER BY r.position"))
                .text(hash)
                .bound()
                .executeQuery()) {
            while (row.next()) {
                texts.add(new RuleText(row.getString(1), row.getString(2)));
            }
        }
        return Revision.of(texts);
    }

    private static List<Run> runs(Database database, PreparedStatement query) throws SQLException {
        Map<Long, Run> byNumber = new LinkedHashMap<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                byNumber.put(row.getLong("number"), run(row));
            }
        }
        List<Run> runs = new ArrayList<>();
        for (Map.Entry<Long, Run> entry : byNumber.entrySet()) {
            Run run = entry.getValue();
            runs.add(new Run(
                    run.id(),
                    run.rule(),
                    run.key(),
                    run.event(),
                    run.previous(),
                    run.resolve(),
                    run.revision(),
                    run.created(),
                    run.status(),
                    steps(database, entry.getKey()),
                    run.problem()));
        }
        return runs;
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getString("id"),
                row.getString("rule"),
                row.getString("key"),
                RecordJson.event(row.getString("event")),
                Optional.ofNullable(row.getString("previous")).map(json -> RecordJson.event(json)),
                row.getBoolean("resolve"),
                row.getString("revision"),
                Instant.ofEpochMilli(row.getLong("created")),
                Run.Status.valueOf(row.getString("status")),
                Map.of(),
                row.getString("problem"));
    }

    private static Map<String, StepState> steps(Database database, long run) throws SQLException {
        Map<String, StepState> steps = new LinkedHashMap<>();
        try (ResultSet row = new Binder(database.statement(
                        "SELECT path, status, attempt, until, result FROM step WHERE run = ? ORDER BY position"))
                .number(run)
                .bound()
                .executeQuery()) {
            while (row.next()) {
                steps.put(
                        row.getString(1),
                        new StepState(
                                StepState.Status.valueOf(row.getString(2)),
                                row.getInt(3),
                                time(row, 4),
                                ValueJson.readMap(row.getString(5))));
            }
        }
        return steps;
    }

    static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
