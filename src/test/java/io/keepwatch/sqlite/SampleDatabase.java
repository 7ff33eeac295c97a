package io.keepwatch.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A database whose transaction number n puts the row n into each of two tables. */
public final class SampleDatabase implements AutoCloseable {
    private final Connection connection;
    private long last;

    private SampleDatabase(Connection connection) {
        this.connection = connection;
    }

    /** @param journalMode as SQLite names it: wal, delete, persist, truncate */
    public static SampleDatabase create(Path file, String journalMode) throws SQLException {
        SampleDatabase database = new SampleDatabase(DriverManager.getConnection("jdbc:sqlite:" + file));
        database.run("PRAGMA journal_mode=" + journalMode);
        database.run("CREATE TABLE one (n INTEGER PRIMARY KEY, filler BLOB)");
        database.run("CREATE TABLE two (n INTEGER PRIMARY KEY, filler BLOB)");
        return database;
    }

    public void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Leaves the transaction open. */
    public void begin() throws SQLException {
        last++;
        run("BEGIN IMMEDIATE");
        run("INSERT INTO one VALUES (" + last + ", randomblob(200))");
        run("INSERT INTO two VALUES (" + last + ", randomblob(200))");
    }

    public long commit() throws SQLException {
        begin();
        run("COMMIT");
        return last;
    }

    /** How many transactions a file holds; throws unless it is whole and they are the first ones, each of them complete. */
    public static long transactions(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            String health = text(statement, "PRAGMA integrity_check");
            String numbers = "count(*) || ' ' || coalesce(min(n), 1) || ' ' || coalesce(max(n), 0)";
            String one = text(statement, "SELECT " + numbers + " FROM one");
            String two = text(statement, "SELECT " + numbers + " FROM two");
            long count = Long.parseLong(one.substring(0, one.indexOf(' ')));
            if (!health.equals("ok") || !one.equals(two) || !one.equals(count + " 1 " + count)) {
                throw new SQLException(file + ": " + health + ", one: " + one + ", two: " + two);
            }
            return count;
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.getString(1);
        }
    }

    /** Everything about the files of a directory that another program could notice. */
    public static Map<String, String> snapshot(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path file : entries.toList()) {
                files.put(
                        file.getFileName().toString(),
                        Files.readAttributes(file, "unix:ino,size,mode,uid,lastModifiedTime") + " "
                                + java.util.Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
