package io.keepwatch.catalog;

import io.keepwatch.file.FileVersion;
import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Versions that the bucket holds come into the catalog. What is there already stays, so a rebuild may run twice. */
final class AdoptWrites {
    private AdoptWrites() {}

    static void adopt(WriteSession session, List<AdoptedVersion> versions) throws SQLException {
        Database database = session.database();
        Set<String> locations = new HashSet<>();
        for (AdoptedVersion adopted : versions) {
            FileVersion version = adopted.version();
            SplitPath path = SplitPath.of(version.path());
            long directory = session.directories().id(version.root(), path.directory());
            if (isKnown(database, directory, path.name(), adopted)) {
                continue;
            }
            locations.add(adopted.location());
            if (isPack(adopted.location()) && moves(database, directory, path.name(), adopted)) {
                continue;
            }
            boolean newest = isNewest(database, directory, path.name(), version);
            if (newest) {
                UploadWrites.retireCurrent(database, directory, path.name());
            }
            insert(database, directory, path.name(), adopted, newest ? RowState.CURRENT : RowState.PAST);
            if (newest) {
                Totals.add(database, database.number("SELECT last_insert_rowid()"), 1);
            }
        }
        PackWrites.pointedTo(database, locations);
    }

    private static boolean isKnown(Database database, long directory, byte[] name, AdoptedVersion adopted)
            throws SQLException {
        Binder select = new Binder(database.statement("SELECT 1 FROM version WHERE directory_id = ?1 AND name = ?2"
                        + " AND state < 3 AND state = 2 AND observed_s = ?3 AND observed_n = ?4 AND location = ?5"
                        + " UNION ALL SELECT 1 FROM version WHERE directory_id = ?1 AND name = ?2"
                        + " AND state = 3 AND observed_s = ?3 AND observed_n = ?4 AND location = ?5"))
                .number(directory)
                .blob(name)
                .time(adopted.version().observed())
                .text(adopted.location());
        try (ResultSet row = select.bound().executeQuery()) {
            return row.next();
        }
    }

    private static boolean isPack(String location) {
        return location.compareTo(":") < 0;
    }

    /** A pack that was rewritten has the journal lines of others: it is the same version, told of at another place. */
    private static boolean moves(Database database, long directory, byte[] name, AdoptedVersion adopted)
            throws SQLException {
        FileVersion version = adopted.version();
        for (String state : List.of("state < 3 AND state = 2", "state = 3")) {
            new Binder(database.statement("UPDATE version SET location = ? WHERE directory_id = ? AND name = ? AND "
                            + state + " AND observed_s = ? AND observed_n = ? AND (type IS NULL) = ?"
                            + " AND location < ':'"))
                    .text(adopted.location())
                    .number(directory)
                    .blob(name)
                    .time(version.observed())
                    .number(version.isDeletion() ? 1 : 0)
                    .run();
            if (database.number("SELECT changes()") > 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNewest(Database database, long directory, byte[] name, FileVersion version)
            throws SQLException {
        Binder select = new Binder(database.statement("SELECT 1 FROM version WHERE directory_id = ? AND name = ?"
                        + " AND state < 3 AND state = 2 AND (observed_s, observed_n) > (?, ?)"))
                .number(directory)
                .blob(name)
                .time(version.observed());
        try (ResultSet newer = select.bound().executeQuery()) {
            return !newer.next();
        }
    }

    private static void insert(Database database, long directory, byte[] name, AdoptedVersion adopted, int state)
            throws SQLException {
        Binder binder = new Binder(database.statement("INSERT INTO version (directory_id, name, state, location,"
                        + " first_seen_s, first_seen_n, urgent, attempts, not_before_ms, " + VersionRow.STATE_COLUMNS
                        + ") VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, " + VersionRow.STATE_PARAMETERS + ")"))
                .number(directory)
                .blob(name)
                .number(state)
                .text(adopted.location())
                .time(adopted.version().observed());
        VersionRow.bindState(binder, adopted.version()).run();
    }
}
