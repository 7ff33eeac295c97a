package io.keepwatch.catalog;

import io.keepwatch.sqlite.own.Database;
import java.sql.SQLException;

/** Several questions to one state of the catalog. */
final class Snapshot {
    private Snapshot() {}

    @FunctionalInterface
    interface Questions<T> {
        T ask() throws SQLException;
    }

    static <T> T read(Database database, Questions<T> questions) throws SQLException {
        database.execute("BEGIN");
        try {
            return questions.ask();
        } finally {
            database.execute("ROLLBACK");
        }
    }
}
