package io.keepwatch.layout.pack;

import java.util.List;

/** Where the content of a version is, as its journal line tells. */
public sealed interface ContentReference {
    /** There is none to store: an empty file, or something else than a regular file. */
    record None() implements ContentReference {}

    /**
     * In the pack that holds the line.
     *
     * @param member the number of the member, from 0; what {@link PackWriter#add} returned, and the index into {@link
     *     PackTail#chunks()}
     */
    record InThisPack(int member) implements ContentReference {}

    /** In a pack that was written before. */
    record Elsewhere(ChunkPlace place) implements ContentReference {}

    /** In parts, each of which is known by its hash: a member of this pack or of another one. */
    record Segments(List<Segment> parts) implements ContentReference {
        public Segments {
            parts = List.copyOf(parts);
        }
    }
}
