package io.keepwatch.workflow.state;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import io.keepwatch.workflow.engine.Run;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs in lists: what people and the API ask for. */
final class RunList {
    private static final String SELECT =
            "SELECT r.id, r.rule, r.key, e.id, e.type, json_extract(e.body, '$.subject'), r.resolve, r.created, r.ended,"
                    + " r.status, r.problem FROM run r JOIN event e ON e.number = r.event";

    private RunList() {}

    static List<RunSummary> of(Database database, RunQuestion question) throws SQLException {
        String sql = SELECT + " WHERE 1 = 1"
                + (question.rule().isPresent() ? " AND r.rule = ?" : "")
                + (question.status().isPresent() ? " AND r.status = ?" : "")
                + (question.before().isPresent() ? " AND r.number < (SELECT number FROM run WHERE id = ?)" : "")
                + (question.from().isPresent() ? " AND r.created >= ?" : "")
                + (question.to().isPresent() ? " AND r.created < ?" : "")
                + " ORDER BY r.number DESC LIMIT ?";
        Binder query = new Binder(database.statement(sql));
        if (question.rule().isPresent()) {
            query.text(question.rule().get());
        }
        if (question.status().isPresent()) {
            query.text(question.status().get());
        }
        if (question.before().isPresent()) {
            query.text(question.before().get());
        }
        if (question.from().isPresent()) {
            query.number(question.from().get().toEpochMilli());
        }
        if (question.to().isPresent()) {
            query.number(question.to().get().toEpochMilli());
        }
        return summaries(query.number(question.atMost()));
    }

    static List<RunSummary> last(Database database) throws SQLException {
        return summaries(new Binder(database.statement(
                SELECT + " WHERE r.number IN (SELECT max(number) FROM run GROUP BY rule) ORDER BY r.rule")));
    }

    private static List<RunSummary> summaries(Binder query) throws SQLException {
        List<RunSummary> runs = new ArrayList<>();
        try (ResultSet row = query.bound().executeQuery()) {
            while (row.next()) {
                runs.add(summary(row));
            }
        }
        return runs;
    }

    static Optional<RunSummary> one(Database database, String id) throws SQLException {
        try (ResultSet row = new Binder(database.statement(SELECT + " WHERE r.id = ?"))
                .text(id)
                .bound()
                .executeQuery()) {
            return row.next() ? Optional.of(summary(row)) : Optional.empty();
        }
    }

    private static RunSummary summary(ResultSet row) throws SQLException {
        return new RunSummary(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getBoolean(7),
                Instant.ofEpochMilli(row.getLong(8)),
                RunRows.time(row, 9),
                Run.Status.valueOf(row.getString(10)),
                row.getString(11));
    }

    static List<Question> questions(Database database) throws SQLException {
        List<Question> questions = new ArrayList<>();
        try (ResultSet row = database.statement("SELECT r.id, r.rule, s.path, s.result, s.until FROM run r"
                        + " JOIN step s ON s.run = r.number WHERE r.ended IS NULL AND s.status = 'WAITING'"
                        + " ORDER BY r.number, s.position")
                .executeQuery()) {
            while (row.next()) {
                Object text = ValueJson.readMap(row.getString(4)).get("question");
                if (text != null) {
                    questions.add(new Question(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            text.toString(),
                            RunRows.time(row, 5)));
                }
            }
        }
        return questions;
    }

    static List<RuleActivity> activity(Database database) throws SQLException {
        List<RuleActivity> activity = new ArrayList<>();
        try (ResultSet row = database.statement("SELECT rule, max(created), count(*),"
                        + " sum(status IN ('FAILED', 'UNCERTAIN')), coalesce((SELECT problem FROM run p"
                        + " WHERE p.rule = r.rule AND p.status IN ('FAILED', 'UNCERTAIN') ORDER BY number DESC LIMIT 1),"
                        + " '') FROM run r GROUP BY rule ORDER BY rule")
                .executeQuery()) {
            while (row.next()) {
                activity.add(new RuleActivity(
                        row.getString(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getInt(3),
                        row.getInt(4),
                        row.getString(5)));
            }
        }
        return activity;
    }
}
