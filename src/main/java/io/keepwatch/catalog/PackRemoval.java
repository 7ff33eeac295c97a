package io.keepwatch.catalog;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Condemns packs, and only those of which nothing is lost: it looks again inside the transaction that does it. */
final class PackRemoval {
    private PackRemoval() {}

    static void condemn(WriteSession session, String name, Instant at) throws SQLException {
        Database database = session.database();
        Optional<PackQueries.Known> pack = storedPack(database, name);
        if (pack.isPresent()
                && PackQueries.versionCount(database, name) == 0
                && !isNeeded(database, pack.get().id())) {
            condemn(database, pack.get().id(), at);
        }
    }

    private static Optional<PackQueries.Known> storedPack(Database database, String name) throws SQLException {
        return PackQueries.known(database, name).filter(pack -> pack.state() == PackState.STORED);
    }

    private static boolean isNeeded(Database database, long pack) throws SQLException {
        Binder select = new Binder(database.statement(
                        "SELECT 1 FROM chunk c WHERE c.pack_id = ? AND " + ChunkQueries.IS_NEEDED + " LIMIT 1"))
                .number(pack);
        try (ResultSet row = select.bound().executeQuery()) {
            return row.next();
        }
    }

    private static void condemn(Database database, long pack, Instant at) throws SQLException {
        new Binder(database.statement("UPDATE pack SET state = 2, condemned_s = ?, condemned_n = ? WHERE id = ?"))
                .time(at)
                .number(pack)
                .run();
    }

    /** False, and nothing done, where an old pack has something by now that the replacement lacks. */
    static boolean replace(WriteSession session, Collection<String> old, String replacement, Instant at)
            throws SQLException {
        Database database = session.database();
        PackQueries.Known successor = PackWrites.require(database, replacement);
        List<PackQueries.Known> packs = new ArrayList<>();
        for (String name : old) {
            Optional<PackQueries.Known> pack = storedPack(database, name);
            if (pack.isPresent() && pack.get().id() != successor.id()) {
                packs.add(pack.get());
                boolean newLines = pack.get().lineSequence() >= successor.sequence()
                        && PackQueries.versionCount(database, name) > 0;
                if (newLines || lacksOf(database, successor.id(), pack.get().id())) {
                    return false;
                }
            }
        }
        PackWrites.stored(session, replacement, at);
        for (String name : old) {
            moveLines(database, name, replacement);
        }
        for (PackQueries.Known pack : packs) {
            condemn(database, pack.id(), at);
        }
        PackWrites.pointedTo(database, List.of(replacement));
        return true;
    }

    private static boolean lacksOf(Database database, long successor, long pack) throws SQLException {
        Binder select = new Binder(database.statement("SELECT 1 FROM chunk c WHERE c.pack_id = ?1"
                        + " AND NOT EXISTS (SELECT 1 FROM chunk o WHERE o.sha256 = c.sha256 AND o.pack_id = ?2)"
                        + " AND " + ChunkQueries.IS_NEEDED + " LIMIT 1"))
                .number(pack)
                .number(successor);
        try (ResultSet row = select.bound().executeQuery()) {
            return row.next();
        }
    }

    private static void moveLines(Database database, String from, String to) throws SQLException {
        new Binder(database.statement("UPDATE version SET location = ?1 WHERE location = ?2 AND location < ':'"
                        + " AND location <> ?1"))
                .text(to)
                .text(from)
                .run();
    }
}
