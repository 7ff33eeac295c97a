package io.keepwatch.catalog;

import java.time.Duration;
import java.time.Instant;

/**
 * An upload that became durable.
 *
 * @param id grows with each; 0 before it is recorded
 * @param latency from the oldest change in it to its durability
 */
public record FlushRecord(long id, Instant at, long versions, long deletions, long uploadedBytes, Duration latency) {}
