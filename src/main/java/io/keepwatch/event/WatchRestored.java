package io.keepwatch.event;

import java.time.Instant;

/** The kernel tells of every change beneath this root again. */
public record WatchRestored(Instant at, String root) implements Event {}
