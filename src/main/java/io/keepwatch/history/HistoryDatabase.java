package io.keepwatch.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The tables of history.db. A chunk's key holds its block and its series, so the chunks of one time lie side by side and
 * are written once, in order. One thread at a time.
 */
final class HistoryDatabase implements AutoCloseable {
    static final String FILE_NAME = "history.db";
    /** Of the hour that is not over yet: rewritten every few minutes, and so kept apart from what is written once. */
    static final String OPEN = "open_hour";

    private static final int VERSION = 1;
    private static final int SERIES_BITS = 20;
    private static final int MOST_SERIES = 10_000;
    private static final String SCHEMA = """
            CREATE TABLE series(id INTEGER PRIMARY KEY, name TEXT NOT NULL, subject TEXT NOT NULL, UNIQUE(name, subject));
            CREATE TABLE progress(resolution TEXT PRIMARY KEY, second INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE open_hour(id INTEGER PRIMARY KEY, data BLOB NOT NULL);
            CREATE TABLE raw(id INTEGER PRIMARY KEY, data BLOB NOT NULL);
            CREATE TABLE minute(id INTEGER PRIMARY KEY, data BLOB NOT NULL);
            CREATE TABLE quarter(id INTEGER PRIMARY KEY, data BLOB NOT NULL);
            CREATE TABLE day(id INTEGER PRIMARY KEY, data BLOB NOT NULL);
            """;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<Series, Integer> ids = new HashMap<>();

    private HistoryDatabase(Connection connection) {
        this.connection = connection;
    }

    static HistoryDatabase openWritable(Path file) throws SQLException {
        SQLiteConfig config = config();
        config.setJournalMode(JournalMode.WAL);
        // A power cut may cost the last minutes; the file stays whole.
        config.setSynchronous(SynchronousMode.NORMAL);
        HistoryDatabase database = new HistoryDatabase(config.createConnection(url(file, "")));
        long version = database.number("PRAGMA user_version");
        if (version == 0) {
            database.execute("BEGIN IMMEDIATE; " + SCHEMA + " PRAGMA user_version = " + VERSION + "; COMMIT");
        } else if (version != VERSION) {
            database.close();
            throw new HistoryException(file + " has version " + version + ", but this program knows version " + VERSION
                    + ": install the Keepwatch that wrote it, or move the file away to begin anew");
        }
        return database;
    }

    /** Beside a running daemon or without one, also where the folder may not be written. */
    static HistoryDatabase openReadOnly(Path file) throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        boolean alone = !Files.exists(file.resolveSibling(FILE_NAME + "-wal"))
                && !Files.isWritable(file.toAbsolutePath().getParent());
        return new HistoryDatabase(config.createConnection(url(file, alone ? "?immutable=1" : "")));
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(5000);
        config.setCacheSize(-2048);
        return config;
    }

    private static String url(Path file, String parameters) {
        return "jdbc:sqlite:file:" + file.toAbsolutePath().toUri().getRawPath() + parameters;
    }

    static long key(long block, int series) {
        return (block << SERIES_BITS) | series;
    }

    static int series(long key) {
        return (int) (key & ((1L << SERIES_BITS) - 1));
    }

    static long block(long key) {
        return key >> SERIES_BITS;
    }

    /** The number of a series, given out where it has none; empty where there are too many already. */
    OptionalInt idFor(Series series) throws SQLException {
        OptionalInt known = find(series);
        if (known.isPresent() || number("SELECT count(*) FROM series") >= MOST_SERIES) {
            return known;
        }
        PreparedStatement insert = statement("INSERT INTO series(name, subject) VALUES(?, ?)");
        insert.setString(1, series.name());
        insert.setString(2, series.subject());
        insert.executeUpdate();
        return find(series);
    }

    OptionalInt find(Series series) throws SQLException {
        Integer cached = ids.get(series);
        if (cached != null) {
            return OptionalInt.of(cached);
        }
        PreparedStatement select = statement("SELECT id FROM series WHERE name = ? AND subject = ?");
        select.setString(1, series.name());
        select.setString(2, series.subject());
        try (ResultSet result = select.executeQuery()) {
            if (!result.next()) {
                return OptionalInt.empty();
            }
            ids.put(series, result.getInt(1));
            return OptionalInt.of(result.getInt(1));
        }
    }

    Map<Integer, Series> allSeries() throws SQLException {
        Map<Integer, Series> all = new LinkedHashMap<>();
        try (ResultSet result = statement("SELECT id, name, subject FROM series ORDER BY name, subject")
                .executeQuery()) {
            while (result.next()) {
                all.put(result.getInt(1), new Series(result.getString(2), result.getString(3)));
            }
        }
        return all;
    }

    void put(String table, long key, byte[] chunk) throws SQLException {
        PreparedStatement upsert = statement(
                "INSERT INTO " + table + "(id, data) VALUES(?, ?) ON CONFLICT(id) DO UPDATE SET data = excluded.data");
        upsert.setLong(1, key);
        upsert.setBytes(2, chunk);
        upsert.executeUpdate();
    }

    /** The chunks of all series whose key is at least the first and below the second, by key. */
    Map<Long, byte[]> chunks(String table, long from, long to) throws SQLException {
        PreparedStatement select = statement("SELECT id, data FROM " + table + " WHERE id >= ? AND id < ? ORDER BY id");
        select.setLong(1, from);
        select.setLong(2, to);
        Map<Long, byte[]> chunks = new LinkedHashMap<>();
        try (ResultSet result = select.executeQuery()) {
            while (result.next()) {
                chunks.put(result.getLong(1), result.getBytes(2));
            }
        }
        return chunks;
    }

    byte[] chunk(String table, long key) throws SQLException {
        PreparedStatement select = statement("SELECT data FROM " + table + " WHERE id = ?");
        select.setLong(1, key);
        try (ResultSet result = select.executeQuery()) {
            return result.next() ? result.getBytes(1) : new byte[0];
        }
    }

    /** The least key there is. */
    OptionalLong firstKey(String table) throws SQLException {
        try (ResultSet result = statement("SELECT min(id) FROM " + table).executeQuery()) {
            long key = result.getLong(1);
            return result.wasNull() ? OptionalLong.empty() : OptionalLong.of(key);
        }
    }

    /** Makes room for new series where many have no chunk left. Every series in use must have one. */
    void forgetUnused() throws SQLException {
        if (number("SELECT count(*) FROM series") > MOST_SERIES / 2) {
            String used = java.util.Arrays.stream(Resolution.values())
                    .map(resolution -> "SELECT id & " + ((1L << SERIES_BITS) - 1) + " FROM " + resolution.table())
                    .collect(java.util.stream.Collectors.joining(" UNION "));
            execute("DELETE FROM series WHERE id NOT IN (" + used + ")");
            ids.clear();
        }
    }

    void deleteBelow(String table, long key) throws SQLException {
        PreparedStatement delete = statement("DELETE FROM " + table + " WHERE id < ?");
        delete.setLong(1, key);
        delete.executeUpdate();
    }

    /** Up to which second a resolution has been made from the finer one; empty where the file is new. */
    OptionalLong progress(Resolution resolution) throws SQLException {
        PreparedStatement select = statement("SELECT second FROM progress WHERE resolution = ?");
        select.setString(1, resolution.table());
        try (ResultSet result = select.executeQuery()) {
            return result.next() ? OptionalLong.of(result.getLong(1)) : OptionalLong.empty();
        }
    }

    void setProgress(Resolution resolution, long second) throws SQLException {
        PreparedStatement upsert = statement("INSERT INTO progress(resolution, second) VALUES(?, ?)"
                + " ON CONFLICT(resolution) DO UPDATE SET second = excluded.second");
        upsert.setString(1, resolution.table());
        upsert.setLong(2, second);
        upsert.executeUpdate();
    }

    /** Pages in use, in bytes. */
    long usedBytes() throws SQLException {
        return (number("PRAGMA page_count") - number("PRAGMA freelist_count")) * number("PRAGMA page_size");
    }

    /** What one transaction does. */
    interface Work {
        void run() throws SQLException;
    }

    void transaction(Work work) throws SQLException {
        execute("BEGIN IMMEDIATE");
        try {
            work.run();
            execute("COMMIT");
        } catch (SQLException | RuntimeException e) {
            execute("ROLLBACK");
            // A number that was given out in it is not there any more.
            ids.clear();
            throw e;
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
