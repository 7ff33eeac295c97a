package io.keepwatch.layout.pack;

import io.keepwatch.store.ObjectStore;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The server's clock, for what must not happen too early. Any thread. */
record StoreTime(ObjectStore store, PackKeys keys) {
    /** Costs one request where nothing was asked of the store since the start, so it is asked only where it matters. */
    CompletionStage<Instant> now(Instant otherwise) {
        Optional<Instant> known = store.serverTime();
        return known.isPresent()
                ? CompletableFuture.completedFuture(known.get())
                : store.head(keys.marker())
                        .thenApply(found -> store.serverTime().orElse(otherwise));
    }

    /** Makes no request. */
    Instant known(Instant otherwise) {
        return store.serverTime().orElse(otherwise);
    }
}
