package io.keepwatch.event;

import java.time.Duration;
import java.time.Instant;

/** The store takes objects again after this long. */
public record StoreReachable(Instant at, Duration outage) implements Event {}
