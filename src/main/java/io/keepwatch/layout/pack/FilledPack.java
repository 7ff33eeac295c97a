package io.keepwatch.layout.pack;

import io.keepwatch.file.Sha256;
import io.keepwatch.store.ComposeObject.Piece;
import java.util.List;
import java.util.Map;

/**
 * A pack that lies in the spool, ready to be sent.
 *
 * @param versions which versions of the flush have their journal line in it
 * @param segments of each content whose last segment is in it, or was stored before
 * @param copied what is not in the file, in order
 */
record FilledPack(
        SpoolFile file,
        PackFacts facts,
        List<Chunk> chunks,
        List<FilledVersion> versions,
        Map<Sha256, List<Sha256>> segments,
        List<Copied> copied) {

    /** A range of another pack that comes after so many bytes of the file. */
    record Copied(long at, Piece.Range range) {}

    /**
     * One version of the flush.
     *
     * @param index in the flush
     * @param newBytes of its content that were stored nowhere before
     */
    record FilledVersion(int index, long newBytes) {}

    boolean isEmpty() {
        return versions.isEmpty() && chunks.isEmpty();
    }
}
