package io.keepwatch.catalog;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Questions about single paths, contents and the queue. */
final class VersionQueries {
    private static final String DIRECTORY_ID =
            "(SELECT id FROM directory WHERE root_id = (SELECT id FROM root WHERE name = ?) AND path = ?)";

    /** Nothing is put off for so long; a row that seems to be was put off before the clock was set back. */
    static final long LONGEST_WAIT_MILLIS = 3_600_000;

    /** Whether a pending row may be taken; four parameters: the times between which it is put off, the sizes of files. */
    static final String DUE = "v.not_before_ms NOT BETWEEN ? AND ? AND iif(v.type = 8, v.size, 0) BETWEEN ? AND ?"
            + " AND NOT EXISTS (SELECT 1 FROM version u WHERE u.directory_id = v.directory_id"
            + " AND u.name = v.name AND u.state < 3 AND u.state = 1)";

    private VersionQueries() {}

    /** What the newest row of each name says. */
    static List<KnownChild> children(Database database, String root, RawPath directory) throws SQLException {
        return children(database, root, directory, "");
    }

    static List<KnownChild> storedChildren(Database database, String root, RawPath directory) throws SQLException {
        return children(database, root, directory, " AND v.state = 2");
    }

    /** Sorted by the bytes of the names. */
    private static List<KnownChild> children(Database database, String root, RawPath directory, String which)
            throws SQLException {
        PreparedStatement select =
                database.statement("SELECT " + VersionRow.COLUMNS + " FROM version v WHERE v.directory_id = "
                        + DIRECTORY_ID + " AND v.name > x'' AND v.state < 3" + which + " ORDER BY v.name, v.state");
        List<KnownChild> children = new ArrayList<>();
        byte[] before = new byte[0];
        try (ResultSet row = new Binder(select)
                .text(root)
                .blob(SplitPath.inside(directory))
                .bound()
                .executeQuery()) {
            while (row.next()) {
                byte[] name = VersionRow.name(row);
                boolean newest = !java.util.Arrays.equals(name, before);
                if (newest && !VersionRow.isDeletion(row)) {
                    children.add(VersionRow.child(row));
                }
                before = name;
            }
        }
        return children;
    }

    static Optional<KnownChild> known(Database database, String root, RawPath path) throws SQLException {
        try (ResultSet row = atPath(database, root, path, " AND v.state < 3 ORDER BY v.state LIMIT 1")) {
            return row.next() && !VersionRow.isDeletion(row) ? Optional.of(VersionRow.child(row)) : Optional.empty();
        }
    }

    static Optional<KnownChild> stored(Database database, String root, RawPath path) throws SQLException {
        try (ResultSet row = atPath(database, root, path, " AND v.state < 3 AND v.state = 2")) {
            return row.next() && !VersionRow.isDeletion(row) ? Optional.of(VersionRow.child(row)) : Optional.empty();
        }
    }

    static Optional<CatalogVersion> current(Database database, String root, RawPath path) throws SQLException {
        byte[] directory = SplitPath.of(path).directory();
        try (ResultSet row = atPath(database, root, path, " AND v.state < 3 AND v.state = 2")) {
            return row.next() ? Optional.of(VersionRow.read(row, root, directory)) : Optional.empty();
        }
    }

    static List<CatalogVersion> versions(Database database, String root, RawPath path) throws SQLException {
        byte[] directory = SplitPath.of(path).directory();
        List<CatalogVersion> versions = new ArrayList<>();
        try (ResultSet row = atPath(database, root, path, " AND v.state < 3 ORDER BY v.state")) {
            while (row.next()) {
                versions.add(VersionRow.read(row, root, directory));
            }
        }
        try (ResultSet row = atPath(
                database, root, path, " AND v.state = 3 ORDER BY v.observed_s DESC, v.observed_n DESC, v.id DESC")) {
            while (row.next()) {
                versions.add(VersionRow.read(row, root, directory));
            }
        }
        return versions;
    }

    private static ResultSet atPath(Database database, String root, RawPath path, String rest) throws SQLException {
        SplitPath split = SplitPath.of(path);
        return new Binder(database.statement("SELECT " + VersionRow.COLUMNS + " FROM version v WHERE v.directory_id = "
                        + DIRECTORY_ID + " AND v.name = ?" + rest))
                .text(root)
                .blob(split.directory())
                .blob(split.name())
                .bound()
                .executeQuery();
    }

    static List<CatalogVersion> claimable(Database database, int limit, Instant now, long minBytes, long maxBytes)
            throws SQLException {
        Binder select = new Binder(
                        database.statement("SELECT " + VersionRow.COLUMNS_WITH_PATH + VersionRow.FROM_WITH_PATH
                                + " WHERE v.state < 2 AND v.state = 0 AND " + DUE
                                + " ORDER BY v.urgent DESC, v.queued, v.id LIMIT ?"))
                .number(now.toEpochMilli() + 1)
                .number(now.toEpochMilli() + LONGEST_WAIT_MILLIS)
                .number(minBytes)
                .number(maxBytes)
                .number(limit);
        List<CatalogVersion> rows = new ArrayList<>();
        try (ResultSet row = select.bound().executeQuery()) {
            while (row.next()) {
                rows.add(VersionRow.readWithPath(row));
            }
        }
        return rows;
    }

    static Optional<CatalogVersion> withHash(Database database, Sha256 hash) throws SQLException {
        return first(new Binder(
                        database.statement(
                                "SELECT " + VersionRow.COLUMNS_WITH_PATH + VersionRow.FROM_WITH_PATH
                                        + " WHERE v.state = 2 AND v.sha256 = ? AND v.inconsistent = 0 AND v.hard_link_leader IS NULL LIMIT 1"))
                .blob(hash.bytes()));
    }

    static Optional<CatalogVersion> hardLinkLeader(Database database, String root, RawPath path, FileStat stat)
            throws SQLException {
        SplitPath split = SplitPath.of(path);
        return first(new Binder(database.statement("SELECT " + VersionRow.COLUMNS_WITH_PATH + VersionRow.FROM_WITH_PATH
                        + " WHERE v.inode = ? AND v.device = ? AND v.state < 3 AND v.state > 0"
                        + " AND v.type = ? AND v.size = ? AND v.mtime_s = ? AND v.mtime_n = ?"
                        + " AND v.hard_link_leader IS NULL AND r.name = ? AND NOT (d.path = ? AND v.name = ?)"
                        + " AND NOT EXISTS (SELECT 1 FROM version n WHERE n.directory_id = v.directory_id"
                        + " AND n.name = v.name AND n.state < 3 AND n.state < v.state"
                        + " AND (n.inode IS NOT v.inode OR n.device IS NOT v.device))"
                        + " ORDER BY v.id LIMIT 1"))
                .number(stat.inode())
                .number(stat.device())
                .number(TypeCode.of(stat.type()))
                .number(stat.sizeBytes())
                .time(stat.modified())
                .text(root)
                .blob(split.directory())
                .blob(split.name()));
    }

    static List<CatalogVersion> names(Database database, String root, FileStat stat) throws SQLException {
        Binder select = new Binder(
                        database.statement(
                                "SELECT " + VersionRow.COLUMNS_WITH_PATH
                                        + VersionRow.FROM_WITH_PATH
                                        + " WHERE v.inode = ? AND v.device = ? AND v.state < 3 AND v.state = 2 AND v.type = 8 AND r.name = ? ORDER BY v.id"))
                .number(stat.inode())
                .number(stat.device())
                .text(root);
        List<CatalogVersion> names = new ArrayList<>();
        try (ResultSet row = select.bound().executeQuery()) {
            while (row.next()) {
                names.add(VersionRow.readWithPath(row));
            }
        }
        return names;
    }

    private static Optional<CatalogVersion> first(Binder select) throws SQLException {
        try (ResultSet row = select.bound().executeQuery()) {
            return row.next() ? Optional.of(VersionRow.readWithPath(row)) : Optional.empty();
        }
    }
}
