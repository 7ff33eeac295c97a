package io.keepwatch.catalog;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.sql.SQLException;
import java.time.Instant;

/** Keeps each root's sums as its current versions change, so that a status costs one row and not a million. */
final class Totals {
    private Totals() {}

    /** Adds this version to its root's sums ({@code sign} 1) or takes it from them (-1); only regular files count. */
    static void add(Database database, long id, int sign) throws SQLException {
        new Binder(database.statement("UPDATE root SET files = files + ?1, bytes = bytes + ?1 * v.size"
                        + " FROM version v JOIN directory d ON d.id = v.directory_id"
                        + " WHERE v.id = ?2 AND v.type = 8 AND root.id = d.root_id"))
                .number(sign)
                .number(id)
                .run();
    }

    static void durableAt(Database database, long directory, Instant at) throws SQLException {
        new Binder(database.statement("UPDATE root SET last_durable_s = ?1, last_durable_n = ?2"
                        + " WHERE id = (SELECT root_id FROM directory WHERE id = ?3)"
                        + " AND (last_durable_s IS NULL OR (last_durable_s, last_durable_n) < (?1, ?2))"))
                .time(at)
                .number(directory)
                .run();
    }
}
