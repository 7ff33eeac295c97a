package io.keepwatch.daemon;

import io.keepwatch.file.Content;
import io.keepwatch.store.ComposeObject;
import io.keepwatch.store.CopyObject;
import io.keepwatch.store.GetObject;
import io.keepwatch.store.ObjectInfo;
import io.keepwatch.store.ObjectPage;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.ObjectStream;
import io.keepwatch.store.PutObject;
import io.keepwatch.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Goes away at a chosen request, before or after it is done, and answers none after that: as a process sees it that is
 * killed there.
 */
final class MortalStore implements ObjectStore {
    private final ObjectStore store;
    private final Consumer<List<String>> beforeDelete;
    private long left = Long.MAX_VALUE;
    private boolean lastIsDone;

    MortalStore(ObjectStore store, Consumer<List<String>> beforeDelete) {
        this.store = store;
        this.beforeDelete = beforeDelete;
    }

    /** After so many requests more; the last one is done but not answered, or not done. */
    synchronized void dieAfter(long requests, boolean done) {
        left = requests;
        lastIsDone = done;
    }

    synchronized void revive() {
        left = Long.MAX_VALUE;
    }

    synchronized boolean isDead() {
        return left <= 0;
    }

    private synchronized <T> CompletionStage<T> answer(Supplier<CompletionStage<T>> request) {
        if (left <= 0) {
            return died();
        }
        left--;
        if (left > 0) {
            return request.get();
        }
        return lastIsDone ? request.get().thenCompose(done -> died()) : died();
    }

    private static <T> CompletionStage<T> died() {
        return CompletableFuture.failedFuture(new StoreException.Transient("the process is gone", null));
    }

    @Override
    public CompletionStage<ObjectInfo> put(PutObject request, Content content) {
        return answer(() -> store.put(request, content));
    }

    @Override
    public CompletionStage<ObjectInfo> copy(CopyObject request) {
        return answer(() -> store.copy(request));
    }

    @Override
    public CompletionStage<ObjectInfo> compose(ComposeObject request) {
        return answer(() -> store.compose(request));
    }

    @Override
    public CompletionStage<Optional<ObjectStream>> get(GetObject request) {
        return answer(() -> store.get(request));
    }

    @Override
    public CompletionStage<Optional<ObjectInfo>> head(String key) {
        return answer(() -> store.head(key));
    }

    @Override
    public CompletionStage<ObjectPage> list(String prefix, Optional<String> continuation) {
        return answer(() -> store.list(prefix, continuation));
    }

    @Override
    public CompletionStage<Void> delete(List<String> keys) {
        beforeDelete.accept(keys);
        return answer(() -> store.delete(keys));
    }

    @Override
    public CompletionStage<Void> extendLock(String key, Instant until) {
        return answer(() -> store.extendLock(key, until));
    }

    @Override
    public Optional<Instant> serverTime() {
        return store.serverTime();
    }

    @Override
    public void close() {}
}
