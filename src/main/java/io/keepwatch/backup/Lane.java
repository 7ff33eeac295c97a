package io.keepwatch.backup;

import io.keepwatch.layout.FlushLimit;

/** Large files travel beside the many small ones, so that neither waits for the other. */
public enum Lane {
    SMALL(0, Lane.LARGE_BYTES - 1),
    LARGE(Lane.LARGE_BYTES, Lane.HUGE_BYTES - 1),
    HUGE(Lane.HUGE_BYTES, Long.MAX_VALUE);

    static final long LARGE_BYTES = 32L << 20;
    static final long HUGE_BYTES = 1L << 30;

    final long minBytes;
    final long maxBytes;

    Lane(long minBytes, long maxBytes) {
        this.minBytes = minBytes;
        this.maxBytes = maxBytes;
    }

    /** What one flush of this lane takes; small files as many as the layout likes together. */
    FlushLimit limit(FlushLimit ofLayout) {
        return switch (this) {
            case SMALL -> ofLayout;
            case LARGE -> new FlushLimit(4, HUGE_BYTES);
            case HUGE -> new FlushLimit(1, Long.MAX_VALUE);
        };
    }
}
