package io.keepwatch.sqlite.own;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;

/** One connection and its prepared statements, each prepared once. One thread at a time. */
public final class Database implements AutoCloseable {
    private static final int WRITER_CACHE_KIB = 32 * 1024;
    private static final int READER_CACHE_KIB = 8 * 1024;
    private static final int BUSY_TIMEOUT_MILLIS = 5000;
    private static final String CHECKPOINT_PAGES = "4000";
    private static final int WAL_KEPT_BYTES = 64 * 1024 * 1024;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private Database(Connection connection) {
        this.connection = connection;
    }

    /** Opens for reading and writing; each commit is on the disk before it returns. */
    public static Database openWritable(Path file) throws SQLException {
        SQLiteConfig config = config(WRITER_CACHE_KIB);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, CHECKPOINT_PAGES);
        config.setJournalSizeLimit(WAL_KEPT_BYTES);
        config.enforceForeignKeys(true);
        return new Database(config.createConnection(url(file, "")));
    }

    /** Opens for reading next to any writer, or in a directory that is read-only where no daemon runs. */
    public static Database openReadOnly(Path file) throws SQLException {
        try {
            return openReadOnly(file, "");
        } catch (SQLException e) {
            if (!SqlProblem.cannotOpen(e) || Files.exists(file.resolveSibling(file.getFileName() + "-wal"))) {
                throw e;
            }
            // Without a log there is nothing but the file, and nobody can be writing where we cannot make the log.
            return openReadOnly(file, "?immutable=1");
        }
    }

    private static Database openReadOnly(Path file, String parameters) throws SQLException {
        SQLiteConfig config = config(READER_CACHE_KIB);
        config.setReadOnly(true);
        Database database = new Database(config.createConnection(url(file, parameters)));
        try {
            database.number("SELECT count(*) FROM sqlite_schema");
            return database;
        } catch (SQLException e) {
            database.close();
            throw e;
        }
    }

    private static SQLiteConfig config(int cacheKib) {
        SQLiteConfig config = new SQLiteConfig();
        config.setTempStore(TempStore.MEMORY);
        config.setCacheSize(-cacheKib);
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        // Else each INSERT is followed by a SELECT for a number that nobody asks for.
        config.setGetGeneratedKeys(false);
        return config;
    }

    private static String url(Path file, String parameters) {
        return "jdbc:sqlite:file:" + file.toAbsolutePath().toUri().getRawPath() + parameters;
    }

    /** The statement of this text; the caller binds every parameter, and closes its results before it is used again. */
    public PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    /** A statement of its own, for results that stay open; the caller closes it. */
    public PreparedStatement newStatement(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /** Runs one or more statements that have neither parameters nor results. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** The first column of the first row. */
    public long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.getLong(1);
        }
    }

    /** What {@code PRAGMA quick_check} says: "ok" or the first damage. */
    public String quickCheck() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
            return result.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
