package io.keepwatch.event;

import java.time.Instant;

/** How far a reconcile has come; at most one a second for a root. */
public record ReconcileProgressed(Instant at, String root, long directories, long files, long changes)
        implements Event {}
