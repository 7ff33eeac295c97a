package io.keepwatch.event;

import java.time.Instant;
import java.util.Optional;

/**
 * A random sample of files was read back from the bucket and compared.
 *
 * @param wrong files that could not be read or have other bytes; the problem is that of the first
 */
public record DrillCompleted(Instant at, long files, long bytes, long wrong, Optional<String> problem)
        implements Event {}
