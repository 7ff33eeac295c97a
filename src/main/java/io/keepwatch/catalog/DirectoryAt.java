package io.keepwatch.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The entries of one directory at a time, a page of them: one range of an index, whatever lies beneath. */
final class DirectoryAt {
    private static final byte[] NOTHING_YET = {'/'};

    private DirectoryAt() {}

    static List<CatalogVersion> entries(Database database, DirectoryQuery query, byte[] behind, int limit)
            throws SQLException {
        byte[] directory = SplitPath.inside(query.directory());
        Binder select = new Binder(database.statement(query.at().isPresent() ? TreeAt.AT : TreeAt.CURRENT))
                .number(directoryId(database, query.root(), directory))
                .blob(behind(behind))
                .blob(TreeAt.LAST_NAME);
        if (query.at().isPresent()) {
            select.time(query.at().get());
        }
        List<CatalogVersion> entries = new ArrayList<>();
        byte[] given = NOTHING_YET;
        try (ResultSet row = select.bound().executeQuery()) {
            while (entries.size() < limit && row.next()) {
                byte[] name = VersionRow.name(row);
                boolean newest = !Arrays.equals(name, given);
                given = name;
                if (newest && (query.withDeletions() || !VersionRow.isDeletion(row))) {
                    entries.add(VersionRow.read(row, query.root(), directory));
                }
            }
        }
        return entries;
    }

    /** The first name behind this one. */
    private static byte[] behind(byte[] name) {
        return Arrays.copyOf(name, name.length + 1);
    }

    private static long directoryId(Database database, String root, byte[] directory) throws SQLException {
        Binder select = new Binder(database.statement(
                        "SELECT id FROM directory WHERE root_id = (SELECT id FROM root WHERE name = ?) AND path = ?"))
                .text(root)
                .blob(directory);
        try (ResultSet row = select.bound().executeQuery()) {
            return row.next() ? row.getLong(1) : -1;
        }
    }
}
