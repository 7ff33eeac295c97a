package io.keepwatch.catalog;

import io.keepwatch.file.Sha256;
import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The way of a pack from staged to stored, and out of the catalog. {@link PackRemoval} decides what may go. */
final class PackWrites {
    private PackWrites() {}

    static void stage(
            WriteSession session, PackRecord pack, List<ChunkRecord> chunks, Map<Sha256, List<Sha256>> segments)
            throws SQLException {
        Database database = session.database();
        Optional<PackQueries.Known> known = PackQueries.known(database, pack.name());
        if (known.isPresent()) {
            if (known.get().state() != PackState.STAGED) {
                throw new IllegalStateException("pack " + pack.name() + " is stored already and cannot be staged anew");
            }
            forget(session, pack.name());
        }
        Binder insert = new Binder(
                        database.statement("INSERT INTO pack (name, level, epoch, sequence, state, bytes, etag,"
                                + " locked_s) VALUES (?, ?, ?, ?, 0, ?, ?, ?)"))
                .text(pack.name())
                .number(pack.level())
                .text(pack.number().epoch())
                .number(pack.number().sequence())
                .number(pack.bytes())
                .text(pack.etag());
        (pack.lockedUntil().isPresent() ? insert.number(pack.lockedUntil().get().getEpochSecond()) : insert.nulls(1))
                .run();
        long id = database.number("SELECT last_insert_rowid()");
        for (ChunkRecord chunk : chunks) {
            if (!chunk.pack().equals(pack.name())) {
                throw new IllegalStateException(
                        "chunk " + chunk.hash() + " of pack " + chunk.pack() + " was staged with pack " + pack.name());
            }
            insert(database, id, chunk);
        }
        // Sorted, because what one content takes back is there for the next.
        SortedMap<Sha256, List<Sha256>> sorted = new TreeMap<>(Comparator.comparing(Sha256::hex));
        sorted.putAll(segments);
        for (Map.Entry<Sha256, List<Sha256>> content : sorted.entrySet()) {
            SegmentWrites.put(database, id, content.getKey(), content.getValue());
        }
    }

    private static void insert(Database database, long pack, ChunkRecord chunk) throws SQLException {
        new Binder(database.statement("INSERT INTO chunk (pack_id, frame_offset, inner_offset, sha256, frame_bytes,"
                        + " size) VALUES (?, ?, ?, ?, ?, ?)"))
                .number(pack)
                .number(chunk.frameOffset())
                .number(chunk.innerOffset())
                .blob(chunk.hash().bytes())
                .number(chunk.frameBytes())
                .number(chunk.sizeBytes())
                .run();
    }

    static void stored(WriteSession session, String name, Instant at) throws SQLException {
        PackQueries.Known pack = require(session.database(), name);
        if (pack.state() == PackState.STAGED) {
            new Binder(session.database()
                            .statement("UPDATE pack SET state = 1, stored_s = ?, stored_n = ? WHERE id = ?"))
                    .time(at)
                    .number(pack.id())
                    .run();
        }
    }

    static void locked(Database database, String name, Instant until) throws SQLException {
        new Binder(database.statement("UPDATE pack SET locked_s = max(coalesce(locked_s, ?1), ?1) WHERE name = ?2"))
                .number(until.getEpochSecond())
                .text(name)
                .run();
    }

    /** A pack that is staged or stored. */
    static PackQueries.Known require(Database database, String name) throws SQLException {
        PackQueries.Known pack = PackQueries.known(database, name)
                .orElseThrow(() -> new IllegalStateException("pack " + name + " was not staged"));
        if (pack.state() == PackState.CONDEMNED) {
            throw new IllegalStateException("pack " + name + " is condemned already");
        }
        return pack;
    }

    static void forget(WriteSession session, String name) throws SQLException {
        Optional<PackQueries.Known> pack = PackQueries.known(session.database(), name);
        if (pack.isPresent()) {
            SegmentWrites.forgetWith(session.database(), pack.get().id());
            new Binder(session.database().statement("DELETE FROM pack WHERE id = ?"))
                    .number(pack.get().id())
                    .run();
        }
    }

    /**
     * Versions came to point to this location. Where it is a pack, this is remembered for {@link PackRemoval#replace}; and
     * one that was condemned before its versions were recorded is needed after all.
     */
    static void pointedTo(Database database, Collection<String> locations) throws SQLException {
        long last = PackNumbers.last(database);
        for (String location : locations) {
            new Binder(database.statement("UPDATE pack SET line_sequence = ?, state = iif(state = 2, 1, state),"
                            + " condemned_s = NULL, condemned_n = NULL WHERE name = ?"))
                    .number(last)
                    .text(location)
                    .run();
        }
    }
}
