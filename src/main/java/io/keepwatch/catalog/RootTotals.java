package io.keepwatch.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * What of a root can be restored as it is now.
 *
 * @param files durable regular files that are not deleted
 * @param bytes the sum of their sizes
 * @param lastDurable when the store last acknowledged a version of this root
 */
public record RootTotals(long files, long bytes, Optional<Instant> lastDurable) {}
