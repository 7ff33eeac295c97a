package io.keepwatch.sqlite;

import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Whether an error of SQLite passes by itself. */
final class SourceProblem {
    private static final int PRIMARY = 0xFF;

    private SourceProblem() {}

    /** Whether a change that a crash broke off has to be undone before anything can be read. */
    static boolean needsRepair(SQLException e) {
        return code(e) == SQLiteErrorCode.SQLITE_READONLY;
    }

    private static SQLiteErrorCode code(SQLException e) {
        return SQLiteErrorCode.getErrorCode(e.getErrorCode() & PRIMARY);
    }

    static IOException of(RawPath path, SQLException e) {
        String what = "the database \"" + path + "\" ";
        return switch (code(e)) {
            // A read-only one: a log or journal came or went since it was looked at.
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL, SQLITE_READONLY, SQLITE_SCHEMA ->
                new DatabaseBusyException(what + "is locked by another program: " + e.getMessage(), e);
            default -> new DatabaseRefusedException(what + "cannot be read by SQLite: " + e.getMessage(), e);
        };
    }
}
