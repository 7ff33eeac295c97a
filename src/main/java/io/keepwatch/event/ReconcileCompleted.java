package io.keepwatch.event;

import io.keepwatch.file.RawPath;
import java.time.Duration;
import java.time.Instant;

/** A root (or a part of it) was compared with the catalog by stat. */
public record ReconcileCompleted(
        Instant at, String root, RawPath directory, long directories, long files, long changes, Duration took)
        implements Event {}
