package io.keepwatch.event;

import io.keepwatch.file.RawPath;
import java.time.Instant;

/** Notifications for this directory and everything beneath it are not complete: it must be compared with the catalog. */
public record TreeChanged(Instant at, String root, RawPath directory, String reason) implements Event {}
