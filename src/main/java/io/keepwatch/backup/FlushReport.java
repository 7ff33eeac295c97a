package io.keepwatch.backup;

import java.util.Optional;

/**
 * What one flush did.
 *
 * @param claimed rows that were looked at; 0 where nothing was due or the store is left alone for now
 * @param stored versions that are durable now, deletions among them
 * @param notStored versions that will be tried again
 * @param problem why one of those was not stored, as a sentence for a person
 */
public record FlushReport(int claimed, int stored, int notStored, Optional<String> problem) {
    public static final FlushReport NOTHING = new FlushReport(0, 0, 0, Optional.empty());

    /** Whether another flush is worth trying at once. */
    public boolean madeProgress() {
        return claimed > notStored;
    }
}
