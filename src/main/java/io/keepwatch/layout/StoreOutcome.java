package io.keepwatch.layout;

import io.keepwatch.store.StoreException;

/** What became of one version of a flush. */
public sealed interface StoreOutcome {
    /** It is durable; {@code uploadedBytes} of content travelled for it (0 where it was copied or is only metadata). */
    record Stored(Location location, long uploadedBytes) implements StoreOutcome {}

    /** It is not stored; the others of the flush may be. */
    record NotStored(StoreException cause) implements StoreOutcome {}
}
