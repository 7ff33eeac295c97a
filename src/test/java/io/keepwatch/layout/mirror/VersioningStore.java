package io.keepwatch.layout.mirror;

import io.keepwatch.file.Content;
import io.keepwatch.store.ComposeObject;
import io.keepwatch.store.CopyObject;
import io.keepwatch.store.GetObject;
import io.keepwatch.store.MemoryObjectStore;
import io.keepwatch.store.ObjectInfo;
import io.keepwatch.store.ObjectPage;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.ObjectStream;
import io.keepwatch.store.PutObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A bucket that keeps every version of an object, as far as the mirror layout uses it. */
final class VersioningStore implements ObjectStore {
    private final MemoryObjectStore newest = new MemoryObjectStore();
    private final MemoryObjectStore history = new MemoryObjectStore();
    private final Map<String, String> newestIds = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    private ObjectInfo identified(ObjectInfo info) {
        return new ObjectInfo(
                info.key(),
                info.sizeBytes(),
                info.etag(),
                Optional.ofNullable(newestIds.get(info.key())),
                info.metadata());
    }

    private String next(String key) {
        String id = "v" + ids.incrementAndGet();
        newestIds.put(key, id);
        return key + "?" + id;
    }

    @Override
    public CompletionStage<ObjectInfo> put(PutObject request, Content content) {
        return newest.put(request, content)
                .thenCompose(info -> history.put(new PutObject(next(request.key()), request.metadata(), false), content)
                        .thenApply(kept -> identified(info)));
    }

    @Override
    public CompletionStage<ObjectInfo> copy(CopyObject request) {
        return newest.copy(request)
                .thenCompose(info -> history.copy(new CopyObject(
                                request.sourceKey() + "?" + newestIds.get(request.sourceKey()),
                                request.sourceEtag(),
                                next(request.key()),
                                request.metadata()))
                        .thenApply(kept -> identified(info)));
    }

    @Override
    public CompletionStage<ObjectInfo> compose(ComposeObject request) {
        throw new UnsupportedOperationException("the mirror layout composes nothing");
    }

    @Override
    public CompletionStage<Optional<ObjectStream>> get(GetObject request) {
        return request.versionId().isPresent()
                ? history.get(new GetObject(
                        request.key() + "?" + request.versionId().get(), Optional.empty(), request.range()))
                : newest.get(request);
    }

    @Override
    public CompletionStage<Optional<ObjectInfo>> head(String key) {
        return newest.head(key).thenApply(found -> found.map(this::identified));
    }

    @Override
    public CompletionStage<ObjectPage> list(String prefix, Optional<String> continuation) {
        return newest.list(prefix, continuation);
    }

    @Override
    public CompletionStage<Void> delete(List<String> keys) {
        return newest.delete(keys);
    }

    @Override
    public CompletionStage<Void> extendLock(String key, Instant until) {
        return newest.extendLock(key, until);
    }

    @Override
    public Optional<Instant> serverTime() {
        return newest.serverTime();
    }

    @Override
    public void close() {}
}
