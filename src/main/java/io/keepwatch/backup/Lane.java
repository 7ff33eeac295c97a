package io.keepwatch.backup;

/** Large files travel beside the many small ones, so that neither waits for the other. */
public enum Lane {
    SMALL(1000, 0, Lane.LARGE_BYTES - 1),
    LARGE(4, Lane.LARGE_BYTES, Long.MAX_VALUE);

    static final long LARGE_BYTES = 32L << 20;

    final int maxVersions;
    final long minBytes;
    final long maxBytes;

    Lane(int maxVersions, long minBytes, long maxBytes) {
        this.maxVersions = maxVersions;
        this.minBytes = minBytes;
        this.maxBytes = maxBytes;
    }
}
