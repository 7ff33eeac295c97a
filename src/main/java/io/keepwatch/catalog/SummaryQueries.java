package io.keepwatch.catalog;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sums, counts and named values. */
final class SummaryQueries {
    private SummaryQueries() {}

    static List<String> roots(Database database) throws SQLException {
        List<String> roots = new ArrayList<>();
        try (ResultSet row = database.statement("SELECT r.name FROM root r WHERE EXISTS (SELECT 1 FROM directory d"
                        + " JOIN version v ON v.directory_id = d.id WHERE d.root_id = r.id AND v.state < 3)"
                        + " ORDER BY r.name")
                .executeQuery()) {
            while (row.next()) {
                roots.add(row.getString(1));
            }
        }
        return roots;
    }

    static Backlog backlog(Database database) throws SQLException {
        try (ResultSet row = database.statement("SELECT coalesce(sum(state = 0), 0), coalesce(sum(state = 1), 0),"
                        + " coalesce(sum(iif(type = 8, size, 0)), 0) FROM version WHERE state < 2")
                .executeQuery()) {
            long pending = row.getLong(1);
            long uploading = row.getLong(2);
            long bytes = row.getLong(3);
            try (ResultSet oldest = database.statement("SELECT first_seen_s, first_seen_n FROM version WHERE state < 2"
                            + " ORDER BY first_seen_s, first_seen_n LIMIT 1")
                    .executeQuery()) {
                return new Backlog(
                        pending,
                        uploading,
                        bytes,
                        oldest.next() ? VersionRow.optionalTime(oldest, 1) : Optional.empty());
            }
        }
    }

    static boolean nothingWaits(Database database) throws SQLException {
        try (ResultSet row = database.statement("SELECT NOT EXISTS (SELECT 1 FROM version WHERE state < 2)")
                .executeQuery()) {
            return row.getBoolean(1);
        }
    }

    static boolean isUrgent(Database database, long id) throws SQLException {
        Binder select =
                new Binder(database.statement("SELECT urgent FROM version WHERE id = ? AND state = 0")).number(id);
        try (ResultSet row = select.bound().executeQuery()) {
            return row.next() && row.getInt(1) != 0;
        }
    }

    static Waiting waiting(Database database, int limit, Instant now, long minBytes, long maxBytes)
            throws SQLException {
        Binder select = new Binder(database.statement("SELECT count(*), coalesce(sum(size), 0), max(urgent),"
                        + " min(seen_ms) FROM (SELECT iif(v.type = 8, v.size, 0) AS size, v.urgent,"
                        + " v.first_seen_s * 1000 + v.first_seen_n / 1000000 AS seen_ms"
                        + " FROM version v WHERE v.state < 2 AND v.state = 0 AND " + VersionQueries.DUE
                        + " ORDER BY v.urgent DESC, v.queued, v.id LIMIT ?)"))
                .number(now.toEpochMilli() + 1)
                .number(now.toEpochMilli() + VersionQueries.LONGEST_WAIT_MILLIS)
                .number(minBytes)
                .number(maxBytes)
                .number(limit);
        try (ResultSet row = select.bound().executeQuery()) {
            return row.getLong(1) == 0
                    ? Waiting.NOTHING
                    : new Waiting(
                            row.getLong(1),
                            row.getLong(2),
                            Optional.of(Instant.ofEpochMilli(row.getLong(4))),
                            row.getInt(3) != 0);
        }
    }

    static RootTotals totals(Database database, String root) throws SQLException {
        Binder select = new Binder(database.statement(
                        "SELECT files, bytes, last_durable_s, last_durable_n FROM root WHERE name = ?"))
                .text(root);
        try (ResultSet row = select.bound().executeQuery()) {
            return row.next()
                    ? new RootTotals(row.getLong(1), row.getLong(2), VersionRow.optionalTime(row, 3))
                    : new RootTotals(0, 0, Optional.empty());
        }
    }

    static List<RequestCount> requests(Database database, LocalDate from, LocalDate toInclusive) throws SQLException {
        Binder select = new Binder(
                        database.statement("SELECT day, class, requests, bytes_sent, bytes_received FROM request"
                                + " WHERE day BETWEEN ? AND ? ORDER BY day, class"))
                .text(from.toString())
                .text(toInclusive.toString());
        List<RequestCount> counts = new ArrayList<>();
        try (ResultSet row = select.bound().executeQuery()) {
            while (row.next()) {
                counts.add(new RequestCount(
                        LocalDate.parse(row.getString(1)),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5)));
            }
        }
        return counts;
    }

    static Optional<String> setting(Database database, String key) throws SQLException {
        Binder select = new Binder(database.statement("SELECT value FROM setting WHERE key = ?")).text(key);
        try (ResultSet row = select.bound().executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }
}
