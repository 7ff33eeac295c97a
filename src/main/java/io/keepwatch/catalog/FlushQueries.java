package io.keepwatch.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** When what became durable. */
final class FlushQueries {
    private static final long KEPT = 100_000;

    private FlushQueries() {}

    static void add(WriteSession session, FlushRecord flush) throws SQLException {
        new Binder(session.database()
                        .statement("INSERT INTO flush (at_ms, versions, deletions, uploaded_bytes, latency_ms)"
                                + " VALUES (?, ?, ?, ?, ?)"))
                .number(flush.at().toEpochMilli())
                .number(flush.versions())
                .number(flush.deletions())
                .number(flush.uploadedBytes())
                .number(flush.latency().toMillis())
                .run();
        new Binder(session.database().statement("DELETE FROM flush WHERE id <= (SELECT max(id) FROM flush) - ?"))
                .number(KEPT)
                .run();
    }

    static List<FlushRecord> page(Database database, Instant from, Instant to, long before, int limit)
            throws SQLException {
        Binder select = new Binder(
                        database.statement("SELECT id, at_ms, versions, deletions, uploaded_bytes, latency_ms"
                                + " FROM flush WHERE id < ? AND at_ms >= ? AND at_ms < ? ORDER BY id DESC LIMIT ?"))
                .number(before)
                .number(millis(from))
                .number(millis(to))
                .number(limit);
        List<FlushRecord> flushes = new ArrayList<>();
        try (ResultSet row = select.bound().executeQuery()) {
            while (row.next()) {
                flushes.add(new FlushRecord(
                        row.getLong(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        Duration.ofMillis(row.getLong(6))));
            }
        }
        return flushes;
    }

    static List<FlushStep> steps(Database database, Instant from, Instant to, long stepSeconds) throws SQLException {
        Binder select = new Binder(database.statement("SELECT at_ms / ?1 * ?1, count(*), sum(versions), sum(deletions),"
                        + " sum(uploaded_bytes), max(latency_ms)"
                        + " FROM flush WHERE at_ms >= ?2 AND at_ms < ?3 GROUP BY 1 ORDER BY 1"))
                .number(Math.multiplyExact(stepSeconds, 1000L))
                .number(millis(from))
                .number(millis(to));
        List<FlushStep> steps = new ArrayList<>();
        try (ResultSet row = select.bound().executeQuery()) {
            while (row.next()) {
                steps.add(new FlushStep(
                        Instant.ofEpochMilli(row.getLong(1)),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        Duration.ofMillis(row.getLong(6))));
            }
        }
        return steps;
    }

    /** The ends of time do not fit into milliseconds. */
    private static long millis(Instant time) {
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException e) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
