package io.keepwatch.event;

import java.time.Duration;
import java.time.Instant;

/** A flush is durable. The latency runs from the oldest change in it to the commit of the catalog. */
public record BackupCompleted(
        Instant at, long flush, long versions, long deletions, long uploadedBytes, Duration latency) implements Event {}
