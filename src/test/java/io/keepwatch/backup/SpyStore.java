package io.keepwatch.backup;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Writes down every request, does what it is told before it, and refuses what it is told to refuse. */
public final class SpyStore implements ObjectStore {
    private final ObjectStore store;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicLong contentBytes = new AtomicLong();
    private volatile Function<String, Optional<StoreException>> refusal = request -> Optional.empty();
    private volatile String unanswered = "nothing";
    private volatile Consumer<String> before = request -> {};

    public SpyStore(ObjectStore store) {
        this.store = store;
    }

    /** What was asked since the last call, for example {@code PUT k/h/home/a}. */
    public List<String> requests() {
        List<String> made = List.copyOf(requests);
        requests.clear();
        return made;
    }

    /** How many bytes were put since the last call. */
    public long contentBytes() {
        return contentBytes.getAndSet(0);
    }

    public void refuse(Function<String, Optional<StoreException>> decision) {
        refusal = decision;
    }

    public void refuseAll(StoreException cause) {
        refuse(request -> Optional.of(cause));
    }

    public void takeAll() {
        refuse(request -> Optional.empty());
    }

    /** Requests that end like this get no answer from now on. */
    public void answerNot(String ending) {
        unanswered = ending;
    }

    /** Runs before each request from now on. */
    public void before(Consumer<String> action) {
        before = action;
    }

    private <T> CompletionStage<T> record(String request, Supplier<CompletionStage<T>> action) {
        requests.add(request);
        before.accept(request);
        if (request.endsWith(unanswered)) {
            return new CompletableFuture<>();
        }
        return refusal.apply(request)
                .<CompletionStage<T>>map(CompletableFuture::failedFuture)
                .orElseGet(action);
    }

    @Override
    public CompletionStage<ObjectInfo> put(PutObject request, Content content) {
        return record("PUT " + request.key(), () -> {
            contentBytes.addAndGet(content.lengthBytes());
            return store.put(request, content);
        });
    }

    @Override
    public CompletionStage<ObjectInfo> copy(CopyObject request) {
        return record("COPY " + request.sourceKey() + " " + request.key(), () -> store.copy(request));
    }

    @Override
    public CompletionStage<ObjectInfo> compose(ComposeObject request) {
        return record("COMPOSE " + request.target().key(), () -> store.compose(request));
    }

    @Override
    public CompletionStage<Optional<ObjectStream>> get(GetObject request) {
        return record("GET " + request.key(), () -> store.get(request));
    }

    @Override
    public CompletionStage<Optional<ObjectInfo>> head(String key) {
        return record("HEAD " + key, () -> store.head(key));
    }

    @Override
    public CompletionStage<ObjectPage> list(String prefix, Optional<String> continuation) {
        return record("LIST " + prefix, () -> store.list(prefix, continuation));
    }

    @Override
    public CompletionStage<Void> delete(List<String> keys) {
        return record("DELETE " + String.join(" ", keys), () -> store.delete(keys));
    }

    @Override
    public CompletionStage<Void> extendLock(String key, Instant until) {
        return record("LOCK " + key + " " + until, () -> store.extendLock(key, until));
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
