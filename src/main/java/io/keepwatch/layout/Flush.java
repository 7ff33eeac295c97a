package io.keepwatch.layout;

import java.time.Instant;
import java.util.List;

/** Settled changes that are uploaded together. {@code sequence} grows by one with each flush of a catalog. */
public record Flush(long sequence, Instant at, List<PendingVersion> versions) {
    public Flush {
        versions = List.copyOf(versions);
    }
}
