package io.keepwatch.workflow.state;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Forgets what is old. A run that is forgotten does not keep its event from starting the rule again; sources repeat events
 * within minutes, and runs are kept for days.
 */
final class Pruning {
    static final Duration KEPT = Duration.ofDays(30);
    static final int RUNS_KEPT = 10_000;
    private static final Duration LAST_TIMES_KEPT = Duration.ofDays(400);
    /** Takes some milliseconds; an event that comes meanwhile waits for it. */
    private static final int BATCH = 50;

    private Pruning() {}

    /** The number of the newest run that is one too many; 0 when there is none. */
    static long surplus(Database database) throws SQLException {
        try (ResultSet row = new Binder(database.statement(
                        "SELECT number FROM run WHERE ended IS NOT NULL ORDER BY number DESC LIMIT 1 OFFSET ?"))
                .number(RUNS_KEPT)
                .bound()
                .executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /**
     * Forgets a batch of runs, and events that nothing came of but these; which runs, so that it is called again until there
     * are none.
     *
     * @param surplus the newest run that is one too many
     */
    static List<RunIdentity> runs(Database database, long surplus, Instant now) throws SQLException {
        List<RunIdentity> gone = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        Set<Long> events = new LinkedHashSet<>();
        try (ResultSet row = new Binder(database.statement(RunIdentity.SELECT
                        + " WHERE r.ended IS NOT NULL AND r.number <= ? UNION ALL " + RunIdentity.SELECT
                        + " WHERE r.ended < ? LIMIT ?"))
                .number(surplus)
                .number(now.minus(KEPT).toEpochMilli())
                .number(BATCH)
                .bound()
                .executeQuery()) {
            while (row.next()) {
                gone.add(RunIdentity.of(row));
                numbers.add(row.getLong("number"));
                events.add(row.getLong("event"));
            }
        }
        for (long number : numbers) {
            new Binder(database.statement("DELETE FROM run WHERE number = ?"))
                    .number(number)
                    .run();
        }
        for (long event : events) {
            new Binder(database.statement(
                            "DELETE FROM event WHERE number = ? AND NOT EXISTS (SELECT 1 FROM run WHERE event = ?)"))
                    .number(event)
                    .number(event)
                    .run();
        }
        return gone;
    }

    /** Forgets rules, messages and times that nothing needs any more. */
    static void others(Database database, Instant now) throws SQLException {
        long old = now.minus(KEPT).toEpochMilli();
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
