package io.keepwatch.layout.mirror;

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
import java.util.function.Supplier;

/**
 * Behaves as s3proxy over a file system: {@code x} and {@code x/y} exclude each other, and every question about {@code
 * x/y} ends in an error while {@code x} is an object.
 */
final class HierarchicalStore implements ObjectStore {
    private final ObjectStore store;

    HierarchicalStore(ObjectStore store) {
        this.store = store;
    }

    private <T> CompletionStage<T> reach(String key, Supplier<CompletionStage<T>> action) {
        for (int slash = key.indexOf('/'); slash > 0; slash = key.indexOf('/', slash + 1)) {
            if (store.head(key.substring(0, slash)).toCompletableFuture().join().isPresent()) {
                return refused(key);
            }
        }
        return action.get();
    }

    private <T> CompletionStage<T> create(String key, Supplier<CompletionStage<T>> action) {
        ObjectPage beneath =
                store.list(key + "/", Optional.empty()).toCompletableFuture().join();
        return beneath.objects().isEmpty() ? reach(key, action) : refused(key);
    }

    private static <T> CompletionStage<T> refused(String key) {
        return CompletableFuture.failedFuture(new StoreException.Transient("500 for " + key, null));
    }

    @Override
    public CompletionStage<ObjectInfo> put(PutObject request, Content content) {
        return create(request.key(), () -> store.put(request, content));
    }

    @Override
    public CompletionStage<ObjectInfo> copy(CopyObject request) {
        return reach(request.sourceKey(), () -> create(request.key(), () -> store.copy(request)));
    }

    @Override
    public CompletionStage<ObjectInfo> compose(ComposeObject request) {
        return create(request.target().key(), () -> store.compose(request));
    }

    @Override
    public CompletionStage<Optional<ObjectStream>> get(GetObject request) {
        return reach(request.key(), () -> store.get(request));
    }

    @Override
    public CompletionStage<Optional<ObjectInfo>> head(String key) {
        return reach(key, () -> store.head(key));
    }

    @Override
    public CompletionStage<ObjectPage> list(String prefix, Optional<String> continuation) {
        return store.list(prefix, continuation);
    }

    @Override
    public CompletionStage<Void> delete(List<String> keys) {
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        for (String key : keys) {
            all = all.thenCompose(done -> reach(key, () -> store.delete(List.of(key))));
        }
        return all;
    }

    @Override
    public CompletionStage<Void> extendLock(String key, Instant until) {
        return store.extendLock(key, until);
    }

    @Override
    public Optional<Instant> serverTime() {
        return store.serverTime();
    }

    @Override
    public void close() {
        store.close();
    }
}
