package io.keepwatch.catalog;

import java.time.Duration;
import java.time.Instant;

/**
 * What became durable in a step of time.
 *
 * @param at its begin
 * @param latency the longest
 */
public record FlushStep(
        Instant at, long flushes, long versions, long deletions, long uploadedBytes, Duration latency) {}
