package io.keepwatch.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * What is not durable yet.
 *
 * @param pending rows that wait
 * @param uploading rows on their way
 * @param bytes the sizes of their regular files
 * @param oldest when the first of these changes was observed
 */
public record Backlog(long pending, long uploading, long bytes, Optional<Instant> oldest) {}
