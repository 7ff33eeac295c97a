package io.keepwatch.backup;

/**
 * What one flush did.
 *
 * @param claimed rows that were looked at; 0 where nothing was due or the store is left alone for now
 * @param stored versions that are durable now, deletions among them
 * @param notStored versions that will be tried again
 */
public record FlushReport(int claimed, int stored, int notStored) {
    public static final FlushReport NOTHING = new FlushReport(0, 0, 0);

    /** Whether another flush is worth trying at once. */
    public boolean madeProgress() {
        return claimed > notStored;
    }
}
