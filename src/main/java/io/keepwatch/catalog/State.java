package io.keepwatch.catalog;

/** How far a version is on its way to the bucket. */
public enum State {
    /** Observed; nothing is stored yet. */
    PENDING,
    /** Read and on its way. */
    UPLOADING,
    /** Acknowledged by the store: it can be restored. */
    DURABLE
}
