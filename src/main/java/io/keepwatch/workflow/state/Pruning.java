package io.keepwatch.workflow.state;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Forgets what is old. A run that is forgotten does not keep its event from starting the rule again; sources repeat events
 * within minutes, and runs are kept for days.
 */
final class Pruning {
    static final Duration KEPT = Duration.ofDays(30);
    static final int RUNS_KEPT = 10_000;
    private static final Duration LAST_TIMES_KEPT = Duration.ofDays(400);
    private static final int BATCH = 500;

    private Pruning() {}

    /** Forgets a batch of runs; which ones, so that it is called again until there are none. */
    static List<RunIdentity> runs(Database database, Instant now) throws SQLException {
        List<RunIdentity> gone = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        try (ResultSet row = new Binder(database.statement(RunIdentity.SELECT
                        + " WHERE r.ended IS NOT NULL AND (r.ended < ? OR r.number <= (SELECT number FROM run"
                        + " WHERE ended IS NOT NULL ORDER BY number DESC LIMIT 1 OFFSET ?)) LIMIT ?"))
                .number(now.minus(KEPT).toEpochMilli())
                .number(RUNS_KEPT)
                .number(BATCH)
                .bound()
                .executeQuery()) {
            while (row.next()) {
                gone.add(RunIdentity.of(row));
                numbers.add(row.getLong("number"));
            }
        }
        for (long number : numbers) {
            new Binder(database.statement("DELETE FROM run WHERE number = ?"))
                    .number(number)
                    .run();
        }
        return gone;
    }

    /** Forgets events, rules, messages and times that nothing needs any more. */
    static void others(Database database, Instant now) throws SQLException {
        long old = now.minus(KEPT).toEpochMilli();
        delete(database, "event WHERE accepted < ? AND NOT EXISTS (SELECT 1 FROM run WHERE event = event.number)", old);
        delete(database, "delivery WHERE ended < ?", old);
        delete(database, "dead_letter WHERE at < ?", old);
        delete(database, "silence WHERE until <= ?", now.toEpochMilli());
        delete(database, "last_time WHERE at < ?", now.minus(LAST_TIMES_KEPT).toEpochMilli());
        database.execute("DELETE FROM revision WHERE NOT EXISTS (SELECT 1 FROM run WHERE revision = revision.hash)");
        database.execute("DELETE FROM rule_file WHERE hash NOT IN (SELECT file_hash FROM revision)");
    }

    private static void delete(Database database, String what, long time) throws SQLException {
        new Binder(database.statement("DELETE FROM " + what)).number(time).run();
    }
}
