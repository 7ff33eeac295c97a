package io.keepwatch.layout.pack;

import io.keepwatch.layout.HostMarker;
import io.keepwatch.layout.Lease;
import io.keepwatch.layout.LeaseHolder;
import io.keepwatch.layout.LeaseTerms;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Sees to it that one process alone writes and deletes a host's packs. Where the store keeps its word that a write finds no
 * object, the names of the packs do that. Elsewhere a lease does, and an epoch of its own each time it is taken: so even two
 * that write for a moment with copies of one catalog never use the same name.
 *
 * <p>Which of the two holds is asked once for a bucket and remembered in the catalog. Any thread.
 */
final class SoleWriter {
    static final Duration LENGTH = Duration.ofMinutes(15);
    private static final String REMEMBERED = "pack.conditions";
    private static final String HONOURED = "honoured ";
    private static final String IGNORED = "ignored ";

    private final ObjectStore store;
    private final PackKeys keys;
    private final PackIndex index;
    private final HostMarker marker;
    private final PackSetting setting;
    private final Executor workers;
    private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);
    private volatile Optional<Boolean> honoured = Optional.empty();
    private volatile Optional<Lease> lease = Optional.empty();

    SoleWriter(
            ObjectStore store,
            PackKeys keys,
            PackIndex index,
            HostMarker marker,
            PackSetting setting,
            Executor workers) {
        this.store = store;
        this.keys = keys;
        this.index = index;
        this.marker = marker;
        this.setting = setting;
        this.workers = workers;
    }

    /**
     * To be called before a name is reserved and before anything is deleted, in a new backup after the marker was made. Makes no request
     * but these: one in the life of a catalog; where a lease is needed three to take it, after a start and after a pause,
     * and two in half of its length while it is written without a pause. Fails where another one holds the lease.
     */
    synchronized CompletionStage<Void> ensure() {
        if (underWay.isDone()) {
            underWay = CompletableFuture.supplyAsync(this::remembered, workers)
                    .thenCompose(known -> known.isPresent() ? CompletableFuture.completedFuture(known.get()) : ask())
                    .thenCompose(kept -> kept ? CompletableFuture.completedFuture(null) : hold())
                    .toCompletableFuture();
        }
        return underWay;
    }

    /** Whether a write may be asked to find no object; some servers do not know the question. */
    boolean mayAskForConditions() {
        return honoured.orElse(true);
    }

    private Optional<Boolean> remembered() {
        if (honoured.isEmpty()) {
            honoured = index.remembered(REMEMBERED)
                    .filter(text -> text.equals(HONOURED + place()) || text.equals(IGNORED + place()))
                    .map(text -> text.startsWith(HONOURED));
        }
        return honoured;
    }

    private String place() {
        return setting.bucket() + " " + keys.top();
    }

    private CompletionStage<Boolean> ask() {
        return marker.ensure(true)
                .thenCompose(done -> marker.isKept())
                .thenCompose(kept -> index.remember(REMEMBERED, (kept ? HONOURED : IGNORED) + place())
                        .thenApply(done -> {
                            honoured = Optional.of(kept);
                            return kept;
                        }));
    }

    private CompletionStage<Void> hold() {
        Optional<Lease> held = lease.filter(Lease::isHeld);
        if (held.isEmpty()) {
            return acquire();
        }
        return held.get().isHeldFor(LENGTH.dividedBy(2))
                ? CompletableFuture.completedFuture(null)
                : held.get().renew().thenAccept(renewed -> {
                    if (!renewed) {
                        lease = Optional.empty();
                        throw refusal("has taken over");
                    }
                });
    }

    private CompletionStage<Void> acquire() {
        String epoch = index.nextEpoch();
        Lease next = new Lease(store, keys.lease(), new LeaseTerms(setting.host(), epoch, LENGTH, setting.settle()));
        return CompletableFuture.supplyAsync(index::epoch, workers)
                .thenCompose(next::acquire)
                .thenCompose(other -> {
                    if (other.isPresent()) {
                        throw refusal("with epoch " + epoch(other.get()) + " writes until "
                                + other.get().expires());
                    }
                    return index.beginEpoch(epoch);
                })
                .thenRun(() -> lease = Optional.of(next));
    }

    private static String epoch(LeaseHolder holder) {
        return holder.epoch() + (holder.host().isEmpty() ? "" : " of host \"" + holder.host() + "\"");
    }

    private StoreException refusal(String other) {
        return new StoreException.Permanent(
                "another Keepwatch " + other + " (\"" + keys.lease() + "\"), and this store does not refuse to replace"
                        + " objects (If-None-Match), so only one may write. Nothing was overwritten and nothing is lost."
                        + " Give a cloned machine another `host:` and an empty state folder; a machine that was rebuilt"
                        + " goes on once that time is over",
                null);
    }
}
