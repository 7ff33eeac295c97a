package io.keepwatch.layout.pack;

import java.util.List;

/**
 * What was written.
 *
 * @param bytes of the whole pack, before any encryption
 * @param chunks the members in the order they were added
 * @param contentFrameBytes what the frames before the journal take
 * @param tailBytes how many bytes of the end hold journal, table of contents and seek table
 */
public record PackSummary(long bytes, List<Chunk> chunks, long contentFrameBytes, long tailBytes) {
    public PackSummary {
        chunks = List.copyOf(chunks);
    }
}
