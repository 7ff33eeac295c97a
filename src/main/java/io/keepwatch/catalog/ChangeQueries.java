package io.keepwatch.catalog;

import io.keepwatch.file.RawPath;
import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** When paths changed. */
final class ChangeQueries {
    private static final String OLDER = " AND o.directory_id = v.directory_id AND o.name = v.name"
            + " AND (o.observed_s, o.observed_n) < (v.observed_s, v.observed_n))";
    /** What has not changed since before its root was first seen, and was never different, was there from the beginning. */
    private static final String CHANGED = "(v.type IS NULL OR v.ctime_s * 1000000000 + v.ctime_n >= b.first_ns"
            + " OR EXISTS (SELECT 1 FROM version o WHERE o.state = 3" + OLDER
            + " OR EXISTS (SELECT 1 FROM version o WHERE o.state = 2 AND o.state < 3" + OLDER + ")";

    private ChangeQueries() {}

    static List<ObservedChange> between(Database database, Instant from, Instant to, int limit) throws SQLException {
        Binder select = new Binder(database.statement(
                        "WITH begun AS MATERIALIZED (SELECT d.root_id, min(v.observed_s * 1000000000 + v.observed_n) AS first_ns"
                                + " FROM version v JOIN directory d ON d.id = v.directory_id GROUP BY d.root_id)"
                                + " SELECT r.name, d.path, v.name, v.observed_s, v.observed_n"
                                + VersionRow.FROM_WITH_PATH + " JOIN begun b ON b.root_id = d.root_id"
                                + " WHERE v.observed_s >= ? AND v.observed_s < ? AND " + CHANGED
                                + " ORDER BY v.observed_s, v.observed_n, v.id LIMIT ?"))
                .number(from.getEpochSecond())
                .number(to.getEpochSecond())
                .number(limit);
        List<ObservedChange> changes = new ArrayList<>();
        try (ResultSet row = select.bound().executeQuery()) {
            while (row.next()) {
                changes.add(new ObservedChange(
                        VersionRow.time(row, 4),
                        row.getString(1),
                        RawPath.of(SplitPath.join(row.getBytes(2), row.getBytes(3)))));
            }
        }
        return changes;
    }
}
