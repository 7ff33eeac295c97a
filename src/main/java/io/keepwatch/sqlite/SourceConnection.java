package io.keepwatch.sqlite;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.HeldEntry;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.RootDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** One connection to a database that is copied, within one transaction that only reads. One thread. */
final class SourceConnection implements AutoCloseable {
    private static final int BUSY_TIMEOUT_MILLIS = 2_000;
    private static final int PAUSE_MILLIS = 50;
    private static final int ALL_PAGES = -1;
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    private final SQLiteConnection connection;

    private SourceConnection(SQLiteConnection connection) {
        this.connection = connection;
    }

    /** Opens for reading and takes the lock; the parameters are those of SQLite's URIs. */
    static SourceConnection open(RootDirectory root, RawPath path, String parameters) throws SQLException {
        return open(path.under(root.realPath()), parameters, true);
    }

    /** Opens a file of this process alone, and repairs it. */
    static SourceConnection openOwn(Path file) throws SQLException {
        return open(file.toAbsolutePath(), "", false);
    }

    private static SourceConnection open(Path file, String parameters, boolean readOnly) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        // A page that is mapped and cut off by another program would end this one.
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
        String url = "jdbc:sqlite:file:" + file.toUri().getRawPath() + parameters;
        SQLiteConnection connection = (SQLiteConnection) config.createConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.executeQuery("SELECT count(*) FROM sqlite_schema").close();
            return new SourceConnection(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Throws where SQLite has opened another file than the one held: it takes a path, and somebody may have put a link into it
     * just then. Other hosts than Linux cannot tell what is open.
     */
    void requireSame(HeldEntry held) throws IOException {
        if (!HeldDirectory.isSafeFromRaces()) {
            return;
        }
        FileStat wanted = held.stat();
        int found = 0;
        try (DirectoryStream<Path> open = Files.newDirectoryStream(OPEN_FILES)) {
            for (Path file : open) {
                found += isSame(file, wanted) ? 1 : 0;
            }
        }
        // One is that which holds it.
        if (found < 2) {
            throw new DatabaseBusyException("another file was put in the place of the database", null);
        }
    }

    private static boolean isSame(Path open, FileStat wanted) throws IOException {
        try {
            Map<String, Object> inode = Files.readAttributes(open, "unix:dev,ino");
            return inode.get("ino") instanceof Long number
                    && number == wanted.inode()
                    && inode.get("dev") instanceof Long device
                    && device == wanted.device();
        } catch (NoSuchFileException e) {
            // Closed since it was listed.
            return false;
        }
    }

    /** The new file has the state that this connection has read first. */
    void copyTo(Path copy) throws SQLException {
        int result = connection
                .getDatabase()
                .backup("main", copy.toString(), null, PAUSE_MILLIS, BUSY_TIMEOUT_MILLIS / PAUSE_MILLIS, ALL_PAGES);
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(result);
        if (code != SQLiteErrorCode.SQLITE_OK) {
            throw new SQLiteException("the copy ended with " + code, code);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
