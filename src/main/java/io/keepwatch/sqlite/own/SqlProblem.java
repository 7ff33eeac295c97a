package io.keepwatch.sqlite.own;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Tells what a person must do about an error of SQLite. */
public final class SqlProblem {
    private static final int PRIMARY = 0xFF;

    private SqlProblem() {}

    public static RuntimeException of(Owner owner, Path file, SQLException e) {
        SQLiteErrorCode code = code(e);
        String where = "the " + owner.name() + " " + file;
        return switch (code) {
            case SQLITE_CORRUPT, SQLITE_NOTADB -> owner.damaged(file, text(e), e);
            case SQLITE_FULL ->
                owner.problem(
                        where
                                + " could not grow because the disk is full: free space on its file system; the daemon goes"
                                + " on by itself",
                        e);
            case SQLITE_IOERR ->
                owner.problem(
                        where + " could not be read or written (" + text(e)
                                + "): look for disk errors in the kernel's log"
                                + " (dmesg); the next write tries again",
                        e);
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
                owner.problem(
                        where + " could not be opened for this (" + text(e)
                                + "): its directory and file must belong to the"
                                + " user of the daemon and the file system must be writable",
                        e);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                owner.problem(
                        where + " is locked by another program (" + text(e)
                                + "): close other programs that have it open," + " such as sqlite3",
                        e);
            default -> owner.problem(where + " gave an error that this program does not expect: " + text(e), e);
        };
    }

    /** Whether only the one write is at fault, and others of the same transaction may go on. */
    public static boolean concernsOneWrite(SQLException e) {
        return switch (code(e)) {
            case SQLITE_ERROR, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE -> true;
            default -> false;
        };
    }

    public static boolean isDiskFull(SQLException e) {
        return code(e) == SQLiteErrorCode.SQLITE_FULL;
    }

    public static boolean cannotOpen(SQLException e) {
        return switch (code(e)) {
            case SQLITE_CANTOPEN, SQLITE_READONLY -> true;
            default -> false;
        };
    }

    private static SQLiteErrorCode code(SQLException e) {
        return SQLiteErrorCode.getErrorCode(e.getErrorCode() & PRIMARY);
    }

    private static String text(SQLException e) {
        return String.valueOf(e.getMessage());
    }
}
