package io.keepwatch.layout.pack;

import java.util.List;

/**
 * What was written.
 *
 * @param facts of the bytes as they were written, before any encryption
 * @param chunks the members in the order they were added
 * @param contentFrameBytes what the frames before the journal take
 * @param tailBytes how many bytes of the end hold journal, table of contents and seek table
 */
public record PackSummary(PackFacts facts, List<Chunk> chunks, long contentFrameBytes, long tailBytes) {
    public PackSummary {
        chunks = List.copyOf(chunks);
    }
}
