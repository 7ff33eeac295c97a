package io.keepwatch.layout.pack;

import io.keepwatch.layout.Failures;
import io.keepwatch.layout.InFlight;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Puts off the end of the Object Lock of packs that are still needed, before it comes: one request a pack, about twice in
 * the time for which a lock is set. The catalog knows until when each pack is locked, so a day without an end in sight
 * makes no request. Any thread.
 */
final class PackLocks {
    private static final int AT_ONCE = 8;
    /** Maintenance runs once a day, and a day may be missed. */
    private static final Duration TWO_RUNS = Duration.ofDays(2);
    /** A second maintenance on the same day finds nothing to do. */
    private static final Duration LEAST_GAIN = Duration.ofHours(1);

    private final ObjectStore store;
    private final PackKeys keys;
    private final PackIndex index;
    private final Optional<Duration> length;
    private final Executor workers;

    PackLocks(ObjectStore store, PackKeys keys, PackIndex index, PackSetting setting, Executor workers) {
        this.store = store;
        this.keys = keys;
        this.index = index;
        this.length = setting.objectLock();
        this.workers = workers;
    }

    /** Whether a lock of this length has to be renewed now; one that is not known has. */
    static boolean isDue(PackFacts pack, Instant now, Duration length) {
        Duration most = length.minus(LEAST_GAIN);
        Duration little = max(length.dividedBy(2), TWO_RUNS.compareTo(most) < 0 ? TWO_RUNS : most);
        return pack.lockedUntil()
                .filter(until -> !until.isBefore(now.plus(little)))
                .isEmpty();
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /**
     * Of all packs that are stored; none that is condemned. What the store refused is given: a pack that is gone is no
     * reason to leave the others, any other refusal ends it until the next maintenance.
     */
    CompletionStage<List<StoreException>> extend(Instant now) {
        return length.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : CompletableFuture.supplyAsync(() -> due(now, length.get()), workers)
                        .thenCompose(due -> due.isEmpty()
                                ? CompletableFuture.completedFuture(List.of())
                                : extend(due, now, length.get()));
    }

    private List<PackFacts> due(Instant now, Duration length) {
        Instant time = new StoreTime(store, keys).known(now);
        return index.stored().stream().filter(pack -> isDue(pack, time, length)).toList();
    }

    private CompletionStage<List<StoreException>> extend(List<PackFacts> due, Instant now, Duration length) {
        Queue<StoreException> refusals = new ConcurrentLinkedQueue<>();
        return Failures.recover(
                        new StoreTime(store, keys)
                                .now(now)
                                .thenCompose(time -> InFlight.forEach(
                                        due.iterator(),
                                        AT_ONCE,
                                        pack -> extend(pack.name(), end(time, length), refusals))),
                        failure -> {
                            if (failure instanceof StoreException refusal) {
                                refusals.add(refusal);
                                return CompletableFuture.completedFuture(null);
                            }
                            return CompletableFuture.failedFuture(failure);
                        })
                .thenApply(done -> List.copyOf(refusals));
    }

    private CompletionStage<Void> extend(PackName pack, Instant until, Queue<StoreException> refusals) {
        return Failures.recover(
                store.extendLock(keys.pack(pack), until).thenCompose(done -> index.locked(pack, until)), failure -> {
                    if (failure instanceof StoreException.SourceChanged gone) {
                        refusals.add(gone);
                        return CompletableFuture.completedFuture(null);
                    }
                    return CompletableFuture.failedFuture(failure);
                });
    }

    /** Whole seconds: not every server reads fractions. */
    private static Instant end(Instant time, Duration length) {
        return time.plus(length).truncatedTo(ChronoUnit.SECONDS);
    }

    /** The facts with the lock that a PUT sets which begins now or later. */
    static PackFacts locking(PackFacts pack, PackSetting setting, Instant now) {
        return setting.objectLock().map(length -> pack.locked(end(now, length))).orElse(pack);
    }
}
