package io.keepwatch.catalog;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Questions about packs. */
final class PackQueries {
    private static final String COLUMNS =
            "SELECT name, level, epoch, sequence, bytes, etag, id, stored_s, stored_n, locked_s FROM pack";

    private PackQueries() {}

    /** What a change of a pack needs to know of it. */
    record Known(long id, int state, long sequence, long lineSequence) {}

    static Optional<Known> known(Database database, String name) throws SQLException {
        Binder select = new Binder(
                        database.statement("SELECT id, state, sequence, line_sequence FROM pack WHERE name = ?"))
                .text(name);
        try (ResultSet row = select.bound().executeQuery()) {
            return row.next()
                    ? Optional.of(new Known(row.getLong(1), row.getInt(2), row.getLong(3), row.getLong(4)))
                    : Optional.empty();
        }
    }

    static List<PackRecord> inState(Database database, int state) throws SQLException {
        return list(new Binder(database.statement(COLUMNS + " WHERE state = ? ORDER BY name")).number(state));
    }

    static List<PackRecord> condemnedBefore(Database database, Instant time) throws SQLException {
        return list(new Binder(database.statement(
                        COLUMNS + " WHERE state = 2 AND (condemned_s, condemned_n) <= (?, ?) ORDER BY name"))
                .time(time));
    }

    private static List<PackRecord> list(Binder select) throws SQLException {
        List<PackRecord> packs = new ArrayList<>();
        try (ResultSet row = select.bound().executeQuery()) {
            while (row.next()) {
                packs.add(read(row));
            }
        }
        return packs;
    }

    private static PackRecord read(ResultSet row) throws SQLException {
        return new PackRecord(
                row.getString(1),
                row.getInt(2),
                new PackNumber(row.getString(3), row.getLong(4)),
                row.getLong(5),
                row.getString(6),
                lockedUntil(row));
    }

    private static Optional<Instant> lockedUntil(ResultSet row) throws SQLException {
        long seconds = row.getLong(10);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    static List<PackNeed> needs(Database database) throws SQLException {
        return Snapshot.read(database, () -> {
            List<PackNeed> needs = new ArrayList<>();
            try (ResultSet row = database.statement(COLUMNS + " WHERE state = 1 ORDER BY name")
                    .executeQuery()) {
                while (row.next()) {
                    needs.add(need(database, read(row), row.getLong(7), VersionRow.time(row, 8)));
                }
            }
            return needs;
        });
    }

    private static PackNeed need(Database database, PackRecord pack, long id, Instant stored) throws SQLException {
        Binder select = new Binder(database.statement("SELECT coalesce(sum(bytes), 0), coalesce(sum(bytes * needed), 0)"
                        + " FROM (SELECT max(c.frame_bytes) AS bytes, max(" + ChunkQueries.IS_NEEDED + ") AS needed"
                        + " FROM chunk c WHERE c.pack_id = ? GROUP BY c.frame_offset)"))
                .number(id);
        try (ResultSet row = select.bound().executeQuery()) {
            return new PackNeed(pack, stored, row.getLong(1), row.getLong(2), versionCount(database, pack.name()));
        }
    }

    static long versionCount(Database database, String name) throws SQLException {
        Binder select = new Binder(
                        database.statement("SELECT count(*) FROM version WHERE location = ? AND location < ':'"))
                .text(name);
        try (ResultSet row = select.bound().executeQuery()) {
            return row.getLong(1);
        }
    }

    static List<CatalogVersion> versions(Database database, String name) throws SQLException {
        Binder select = new Binder(database.statement("SELECT " + VersionRow.COLUMNS_WITH_PATH
                        + VersionRow.FROM_WITH_PATH + " WHERE v.location = ? AND v.location < ':' ORDER BY v.id"))
                .text(name);
        List<CatalogVersion> versions = new ArrayList<>();
        try (ResultSet row = select.bound().executeQuery()) {
            while (row.next()) {
                versions.add(VersionRow.readWithPath(row));
            }
        }
        return versions;
    }
}
