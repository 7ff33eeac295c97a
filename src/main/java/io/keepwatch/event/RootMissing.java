package io.keepwatch.event;

import java.time.Instant;

/** A configured root does not exist, or the file system that held it is not mounted. What is stored of it stays. */
public record RootMissing(Instant at, String root, String path) implements Event {}
