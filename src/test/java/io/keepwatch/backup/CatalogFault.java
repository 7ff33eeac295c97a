package io.keepwatch.backup;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** While it is open, the catalog's file refuses to bring a row into a state. */
final class CatalogFault implements AutoCloseable {
    private final Path file;

    CatalogFault(Path stateDirectory, String condition) throws SQLException {
        this.file = stateDirectory.resolve("catalog.db");
        execute("CREATE TRIGGER fault BEFORE UPDATE ON version WHEN " + condition
                + " BEGIN SELECT RAISE(ABORT, 'the disk is full, say'); END");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        execute("DROP TRIGGER fault");
    }
}
