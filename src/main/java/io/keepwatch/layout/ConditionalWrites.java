package io.keepwatch.layout;

import io.keepwatch.file.Content;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.PutObject;
import io.keepwatch.store.StoreException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds out whether a store keeps its word that a write which must not find an object finds none ({@code If-None-Match:
 * *}). Some servers ignore the header and replace what is there, and then a second writer would go unnoticed.
 */
public final class ConditionalWrites {
    private final ObjectStore store;

    public ConditionalWrites(ObjectStore store) {
        this.store = store;
    }

    /**
     * Stores this content under this key once or twice, each time only if the key is free; true where the store refused.
     * Where it did not, the object has this content now, so a key whose content may be lost is none to ask with. One
     * request where the object is there, two where it is not; false where the server does not know the header (501).
     */
    public CompletionStage<Boolean> areHonoured(String key, Content content) {
        return isRefused(key, content)
                .thenCompose(refused -> refused ? CompletableFuture.completedFuture(true) : isRefused(key, content))
                .exceptionallyCompose(failure -> Failures.cause(failure) instanceof StoreException.Unsupported
                        ? CompletableFuture.completedFuture(false)
                        : CompletableFuture.failedFuture(Failures.cause(failure)));
    }

    private CompletionStage<Boolean> isRefused(String key, Content content) {
        return Failures.recover(
                store.put(new PutObject(key, Map.of(), true), content).thenApply(stored -> false),
                failure -> failure instanceof StoreException.AlreadyExists
                        ? CompletableFuture.completedFuture(true)
                        : CompletableFuture.failedFuture(failure));
    }
}
