package io.keepwatch.catalog;

import io.keepwatch.file.Sha256;
import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.sql.SQLException;
import java.util.List;

/** Which contents are stored in which parts. */
final class SegmentWrites {
    private SegmentWrites() {}

    /** What is known already and stored whole stays, so that a pack which never arrives takes nothing away. */
    static void put(Database database, long pack, Sha256 content, List<Sha256> segments) throws SQLException {
        if (!ChunkQueries.segments(database, content).isEmpty()) {
            return;
        }
        new Binder(database.statement("DELETE FROM segmented WHERE content = ?"))
                .blob(content.bytes())
                .run();
        new Binder(database.statement("INSERT INTO segmented (content) VALUES (?)"))
                .blob(content.bytes())
                .run();
        long id = database.number("SELECT last_insert_rowid()");
        int position = 0;
        for (Sha256 segment : segments) {
            new Binder(database.statement("INSERT INTO segment (segmented_id, position, chunk) VALUES (?, ?, ?)"))
                    .number(id)
                    .number(position++)
                    .blob(segment.bytes())
                    .run();
        }
        revive(database, pack, id);
    }

    /**
     * Between the moment in which the layout found a part in a stored pack and this one, that pack may have been
     * condemned: nothing needed the part yet. Its object is deleted much later than a flush takes, so it is still there.
     */
    private static void revive(Database database, long pack, long segmented) throws SQLException {
        new Binder(database.statement("UPDATE pack SET state = 1, condemned_s = NULL, condemned_n = NULL"
                        + " WHERE state = 2 AND id IN (SELECT c.pack_id FROM segment s CROSS JOIN chunk c"
                        + " ON c.sha256 = s.chunk WHERE s.segmented_id = ? AND NOT EXISTS (SELECT 1 FROM chunk o"
                        + " CROSS JOIN pack p ON p.id = o.pack_id WHERE o.sha256 = c.sha256"
                        + " AND (p.state = 1 OR p.id = ?)))"))
                .number(segmented)
                .number(pack)
                .run();
    }

    /** Before a pack is forgotten: contents with a part that is nowhere else are not stored any more. */
    static void forgetWith(Database database, long pack) throws SQLException {
        new Binder(database.statement("DELETE FROM segmented WHERE id IN (SELECT s.segmented_id FROM chunk c"
                        + " CROSS JOIN segment s ON s.chunk = c.sha256 WHERE c.pack_id = ?1 AND NOT EXISTS"
                        + " (SELECT 1 FROM chunk o WHERE o.sha256 = c.sha256 AND o.pack_id <> ?1))"))
                .number(pack)
                .run();
    }
}
