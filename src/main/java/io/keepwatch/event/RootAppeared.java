package io.keepwatch.event;

import java.time.Instant;

/** A root that was missing is there again, or for the first time. */
public record RootAppeared(Instant at, String root, String path) implements Event {}
