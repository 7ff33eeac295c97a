package io.keepwatch.catalog;

import io.keepwatch.file.Sha256;
import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where contents are, and which of them a version needs. */
final class ChunkQueries {
    /**
     * Whether a version needs chunk {@code c}: as its content, or as a segment of it. The order of the joins is spelled
     * out: from the chunk to the versions, each step through an index.
     */
    static final String IS_NEEDED = "(EXISTS (SELECT 1 FROM version v WHERE v.sha256 = c.sha256)"
            + " OR EXISTS (SELECT 1 FROM segment s CROSS JOIN segmented g ON g.id = s.segmented_id"
            + " CROSS JOIN version v ON v.sha256 = g.content WHERE s.chunk = c.sha256))";

    private static final String COLUMNS =
            "c.sha256, p.name, c.frame_offset, c.frame_bytes, c.inner_offset, c.size FROM chunk c"
                    + " CROSS JOIN pack p ON p.id = c.pack_id";

    private ChunkQueries() {}

    /** One transaction for all of them, so that they are one state and the file is locked once. */
    static Map<Sha256, ChunkRecord> places(Database database, Collection<Sha256> chunks) throws SQLException {
        return Snapshot.read(database, () -> {
            Map<Sha256, ChunkRecord> places = new HashMap<>();
            for (Sha256 chunk : chunks) {
                Binder select = new Binder(database.statement("SELECT " + COLUMNS
                                + " WHERE c.sha256 = ? AND p.state = 1 ORDER BY c.pack_id DESC LIMIT 1"))
                        .blob(chunk.bytes());
                try (ResultSet row = select.bound().executeQuery()) {
                    if (row.next()) {
                        places.put(chunk, read(row));
                    }
                }
            }
            return places;
        });
    }

    /** Empty where any of them is in no stored pack: then the content is not stored. */
    static List<Sha256> segments(Database database, Sha256 content) throws SQLException {
        Binder select = new Binder(database.statement("SELECT s.chunk, EXISTS (SELECT 1 FROM chunk c"
                        + " CROSS JOIN pack p ON p.id = c.pack_id WHERE c.sha256 = s.chunk AND p.state = 1)"
                        + " FROM segmented g CROSS JOIN segment s ON s.segmented_id = g.id"
                        + " WHERE g.content = ? ORDER BY s.position"))
                .blob(content.bytes());
        List<Sha256> segments = new ArrayList<>();
        try (ResultSet row = select.bound().executeQuery()) {
            while (row.next()) {
                if (row.getInt(2) == 0) {
                    return List.of();
                }
                segments.add(Sha256.of(row.getBytes(1)));
            }
        }
        return List.copyOf(segments);
    }

    static List<ChunkRecord> needed(Database database, String pack) throws SQLException {
        Binder select = new Binder(database.statement("SELECT " + COLUMNS
                        + " WHERE c.pack_id = (SELECT id FROM pack WHERE name = ?) AND " + IS_NEEDED
                        + " ORDER BY c.frame_offset, c.inner_offset, c.sha256"))
                .text(pack);
        List<ChunkRecord> chunks = new ArrayList<>();
        try (ResultSet row = select.bound().executeQuery()) {
            while (row.next()) {
                chunks.add(read(row));
            }
        }
        return chunks;
    }

    private static ChunkRecord read(ResultSet row) throws SQLException {
        return new ChunkRecord(
                Sha256.of(row.getBytes(1)),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6));
    }
}
