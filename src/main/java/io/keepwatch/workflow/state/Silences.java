package io.keepwatch.workflow.state;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import io.keepwatch.workflow.engine.Silence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Silences that are not over. */
final class Silences {
    private Silences() {}

    static List<Silence> after(Database database, Instant now) throws SQLException {
        List<Silence> silences = new ArrayList<>();
        try (ResultSet row = new Binder(database.statement(
                        "SELECT id, rule, subject, until, comment FROM silence WHERE until > ? ORDER BY until, id"))
                .number(now.toEpochMilli())
                .bound()
                .executeQuery()) {
            while (row.next()) {
                silences.add(new Silence(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getString(5)));
            }
        }
        return silences;
    }
}
