package io.keepwatch.event;

import java.time.Instant;

/** Versions were refused one by one and will be tried again; the problem is that of the first. */
public record BackupFailed(Instant at, String problem, long versions) implements Event {}
