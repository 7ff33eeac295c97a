package io.keepwatch.backup;

/** Large files travel beside the many small ones, so that neither waits for the other. */
public enum Lane {
    /** Contents up to 1 MiB stay in memory between hashing and upload; the bytes of a flush bound what it holds. */
    SMALL(1000, Lane.LARGE_BYTES, 0, Lane.LARGE_BYTES - 1),
    LARGE(4, Lane.HUGE_BYTES, Lane.LARGE_BYTES, Lane.HUGE_BYTES - 1),
    HUGE(1, Long.MAX_VALUE, Lane.HUGE_BYTES, Long.MAX_VALUE);

    static final long LARGE_BYTES = 32L << 20;
    static final long HUGE_BYTES = 1L << 30;

    final int maxVersions;
    final long flushBytes;
    final long minBytes;
    final long maxBytes;

    Lane(int maxVersions, long flushBytes, long minBytes, long maxBytes) {
        this.maxVersions = maxVersions;
        this.flushBytes = flushBytes;
        this.minBytes = minBytes;
        this.maxBytes = maxBytes;
    }
}
