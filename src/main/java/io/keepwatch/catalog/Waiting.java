package io.keepwatch.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * What is due to be uploaded.
 *
 * @param bytes the sizes of the regular files
 * @param oldest when the first of these changes was observed
 * @param urgent whether any of them is
 */
public record Waiting(long rows, long bytes, Optional<Instant> oldest, boolean urgent) {
    public static final Waiting NOTHING = new Waiting(0, 0, Optional.empty(), false);
}
