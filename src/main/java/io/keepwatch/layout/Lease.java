package io.keepwatch.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.PutObject;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * An object that says who may write, for stores that do not honour conditional writes. Taking it is a write, a wait and a
 * look: of several that write at once, the last one keeps it. All times are the server's.
 *
 * <p>It finds the second writer, it does not fence: one whose write is under way for longer than {@code settle}, or that
 * stands still between looking at {@link #isHeld} and its next write, may write beside the new holder for a while. So it
 * must not be the only protection: what is written carries the writer's epoch in its key, and nothing is replaced. The
 * same host and epoch take the lease over at once, so a daemon that restarts does not wait; a copy of its state folder
 * does the same, and the first of the two sees at its next renewal that it lost it.
 */
public final class Lease {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectStore store;
    private final String key;
    private final LeaseTerms terms;
    /** Tells this lease from that of another process with the same host and epoch. */
    private final String token = UUID.randomUUID().toString();

    private volatile Optional<Instant> heldUntil = Optional.empty();

    public Lease(ObjectStore store, String key, LeaseTerms terms) {
        this.store = store;
        this.key = key;
        this.terms = terms;
    }

    /** Takes the lease unless another one holds it; empty where it is ours now, else who holds it. Two GET and a PUT. */
    public CompletionStage<Optional<LeaseHolder>> acquire() {
        return acquire(terms.epoch());
    }

    /** The same where this catalog had another epoch when it last held the lease, which it takes over at once. */
    public CompletionStage<Optional<LeaseHolder>> acquire(String formerEpoch) {
        heldUntil = Optional.empty();
        return read().thenCompose(found -> {
            Optional<Written> other = found.filter(written -> isLive(written) && !isOwn(written, formerEpoch));
            return other.isPresent()
                    ? CompletableFuture.completedFuture(other.map(Written::holder))
                    : write().thenCompose(expires -> settled().thenCompose(done -> confirm(expires)));
        });
    }

    /**
     * Puts the end off; false where it was lost, and then the caller stops writing until it is acquired anew. A GET and a
     * PUT.
     */
    public CompletionStage<Boolean> renew() {
        return read().thenCompose(found -> {
            if (!isOurs(found)) {
                heldUntil = Optional.empty();
                return CompletableFuture.completedFuture(false);
            }
            return write().thenApply(expires -> {
                heldUntil = Optional.of(expires);
                return true;
            });
        });
    }

    /** Whether it may still be written under it, with {@code settle} to spare; makes no request. */
    public boolean isHeld() {
        return isHeldFor(terms.settle());
    }

    /** Whether it is held for longer than that; makes no request. */
    public boolean isHeldFor(Duration time) {
        return heldUntil
                .filter(until -> store.serverTime()
                        .filter(now -> now.plus(time).isBefore(until))
                        .isPresent())
                .isPresent();
    }

    /** Gives it up, so that the next one need not wait; one that is another's by now is left alone. */
    public CompletionStage<Void> release() {
        heldUntil = Optional.empty();
        return read().thenCompose(
                        found -> isOurs(found) ? store.delete(List.of(key)) : CompletableFuture.completedFuture(null));
    }

    private CompletionStage<Optional<LeaseHolder>> confirm(Instant expires) {
        return read().thenApply(found -> {
            Written last = found.orElseThrow(() -> new StoreException.Transient(
                    "lease \"" + key + "\" was removed while it was taken; it will be tried again", null));
            if (!isOurs(found)) {
                return Optional.of(last.holder());
            }
            heldUntil = Optional.of(expires);
            return Optional.empty();
        });
    }

    private CompletionStage<Instant> write() {
        Instant expires = now().plus(terms.length());
        String text = JSON.createObjectNode()
                .put("host", terms.host())
                .put("epoch", terms.epoch())
                .put("expires", expires.toString())
                .put("token", token)
                .toString();
        return store.put(
                        new PutObject(key, Map.of(), false),
                        new MemoryContent((text + "\n").getBytes(StandardCharsets.UTF_8)))
                .thenApply(stored -> expires);
    }

    private CompletionStage<Void> settled() {
        return terms.settle().isZero()
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(
                        () -> {},
                        CompletableFuture.delayedExecutor(terms.settle().toMillis(), TimeUnit.MILLISECONDS));
    }

    private CompletionStage<Optional<Written>> read() {
        return SmallObject.read(store, key).thenApply(found -> found.map(this::parse));
    }

    private Written parse(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            return new Written(
                    new LeaseHolder(
                            json.path("host").asText(),
                            json.path("epoch").asText(),
                            Instant.parse(json.path("expires").asText())),
                    json.path("token").asText());
        } catch (IOException | DateTimeException e) {
            throw new StoreException.Permanent(
                    "object \"" + key + "\" is no lease (" + e.getMessage()
                            + "): look at it, and remove it if it is not Keepwatch's",
                    e);
        }
    }

    private boolean isOurs(Optional<Written> found) {
        return found.filter(written -> written.token().equals(token)).isPresent();
    }

    private boolean isLive(Written written) {
        return now().isBefore(written.holder().expires());
    }

    private boolean isOwn(Written written, String formerEpoch) {
        String epoch = written.holder().epoch();
        return written.holder().host().equals(terms.host())
                && (epoch.equals(terms.epoch()) || epoch.equals(formerEpoch));
    }

    private Instant now() {
        return store.serverTime()
                .orElseThrow(() -> new StoreException.Permanent(
                        "no answer of the store tells its time (Date), and without it the lease \"" + key
                                + "\" cannot expire; use a store that sends it",
                        null));
    }

    private record Written(LeaseHolder holder, String token) {}
}
