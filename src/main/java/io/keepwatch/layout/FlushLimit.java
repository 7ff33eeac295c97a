package io.keepwatch.layout;

/**
 * How much one call of {@link StorageLayout#store} takes at best: more would only wait longer, less would cost a layout
 * that packs versions together more requests.
 *
 * @param versions at the most
 * @param bytes of contents, at the most; a single larger version still is a flush
 */
public record FlushLimit(int versions, long bytes) {
    /** For a layout with a request for each version. */
    public static final FlushLimit SINGLE_OBJECTS = new FlushLimit(1_000, 32L << 20);
}
