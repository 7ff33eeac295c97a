package io.keepwatch.layout.pack;

import io.keepwatch.file.Sha256;
import io.keepwatch.layout.Failures;
import io.keepwatch.layout.InFlight;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back what no version needs. The catalog comes first: a pack is condemned in it, and its object is deleted after the
 * grace period, by the server's clock, so that a restore with an older catalog is not interrupted.
 */
final class PackMaintenance {
    private static final Logger LOG = LoggerFactory.getLogger(PackMaintenance.class);

    private final ObjectStore store;
    private final PackKeys keys;
    private final PackIndex index;
    private final SoleWriter writer;
    private final PackRewrite rewrite;
    private final FlushesUnderWay flushes;
    private final PackSetting setting;
    private final Executor workers;
    private final PackLocks locks;
    private final StoreTime time;

    PackMaintenance(
            ObjectStore store,
            PackKeys keys,
            PackIndex index,
            SoleWriter writer,
            PackRewrite rewrite,
            FlushesUnderWay flushes,
            PackSetting setting,
            Executor workers) {
        this.store = store;
        this.keys = keys;
        this.index = index;
        this.writer = writer;
        this.rewrite = rewrite;
        this.flushes = flushes;
        this.setting = setting;
        this.workers = workers;
        this.locks = new PackLocks(store, keys, index, setting, workers);
        this.time = new StoreTime(store, keys);
    }

    /** Rewrites by the local clock, condemns and deletes by the server's; the number of objects that were deleted. */
    CompletionStage<Long> run(Instant now) {
        return CompletableFuture.supplyAsync(index::uses, workers)
                .thenCompose(uses -> condemnDead(uses, now).thenCompose(done -> rewriteAll(plan(uses, now))))
                .thenCompose(refusals -> locks.extend(now)
                        .thenApply(more ->
                                Stream.concat(refusals.stream(), more.stream()).toList()))
                .thenCompose(refusals -> deleteCondemned(now)
                        .thenCompose(deleted -> refusals.isEmpty()
                                ? CompletableFuture.completedFuture(deleted)
                                : CompletableFuture.failedFuture(refusals.get(0))));
    }

    /** A pack that cannot be read, or written, is no reason to leave the others as they are; what was refused is given. */
    private CompletionStage<List<StoreException>> rewriteAll(List<RewritePlan.Rewrite> plans) {
        List<StoreException> refusals = new ArrayList<>();
        return InFlight.forEach(
                        plans.iterator(),
                        1,
                        plan -> Failures.recover(
                                rewrite.run(plan.names(), plan.level()).thenAccept(done -> {}), failure -> {
                                    if (failure instanceof StoreException refusal) {
                                        refusals.add(refusal);
                                        return CompletableFuture.completedFuture(null);
                                    }
                                    return CompletableFuture.failedFuture(failure);
                                }))
                .thenApply(done -> refusals);
    }

    private List<RewritePlan.Rewrite> plan(List<PackUse> uses, Instant now) {
        List<RewritePlan.Rewrite> plan = RewritePlan.of(uses, now, setting.keepAll());
        if (plan.isEmpty() || setting.cipher().opens()) {
            return plan;
        }
        LOG.info("packs are not merged or rewritten: they are encrypted, and this host can only write; packs of which"
                + " nothing is needed are removed all the same");
        return List.of();
    }

    private CompletionStage<Void> condemnDead(List<PackUse> uses, Instant now) {
        List<PackName> dead = uses.stream()
                .filter(PackUse::isDead)
                .map(use -> use.pack().name())
                .toList();
        return dead.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : time.now(now).thenComposeAsync(at -> index.condemn(dead, at), workers);
    }

    private CompletionStage<Long> deleteCondemned(Instant now) {
        return CompletableFuture.supplyAsync(
                        () -> index.condemnedBefore(Instant.MAX).isEmpty(), workers)
                .thenCompose(none -> none
                        ? CompletableFuture.completedFuture(0L)
                        : time.now(now).thenComposeAsync(this::deleteBefore, workers));
    }

    /**
     * A pack may be needed again until it is asked for here, by what was under way when it was condemned. A request for one
     * that is still locked would be made in vain.
     */
    private CompletionStage<Long> deleteBefore(Instant serverTime) {
        Duration grace = setting.grace();
        Duration oldest = flushes.oldest();
        return delete(index.condemnedBefore(serverTime.minus(grace.compareTo(oldest) > 0 ? grace : oldest)).stream()
                .filter(pack -> !pack.isLockedAt(serverTime))
                .toList());
    }

    private CompletionStage<Long> delete(Collection<PackFacts> packs) {
        if (packs.isEmpty()) {
            return CompletableFuture.completedFuture(0L);
        }
        List<PackName> names = packs.stream().map(PackFacts::name).toList();
        return writer.ensure()
                .thenCompose(done -> store.delete(names.stream().map(keys::pack).toList()))
                .thenCompose(done -> index.forget(names))
                .thenApply(done -> (long) names.size());
    }

    /** Rewrites every pack that holds a content of these and of no other version, and deletes the old ones at once. */
    CompletionStage<Void> remove(List<StoredVersion> versions, Instant now) {
        return CompletableFuture.supplyAsync(() -> holders(versions), workers)
                .thenApply(packs -> removable(packs, now))
                .thenCompose(packs -> condemnDead(packs, now)
                        .thenCompose(done -> InFlight.forEach(rewritable(packs).iterator(), 1, use -> {
                            PackName name = use.pack().name();
                            return rewrite.run(List.of(name), name.level());
                        }))
                        .thenComposeAsync(
                                done -> {
                                    Set<PackName> held = packs.stream()
                                            .map(use -> use.pack().name())
                                            .collect(Collectors.toSet());
                                    return delete(index.condemnedBefore(Instant.MAX).stream()
                                            .filter(pack -> held.contains(pack.name()))
                                            .toList());
                                },
                                workers)
                        .thenAccept(deleted -> {}));
    }

    private List<PackUse> removable(List<PackUse> packs, Instant now) {
        packs.stream()
                .map(PackUse::pack)
                .filter(pack -> pack.isLockedAt(time.known(now)))
                .findFirst()
                .ifPresent(pack -> {
                    throw new StoreException.Permanent(
                            "pack \"" + keys.pack(pack.name()) + "\" holds what is to be removed and is locked until "
                                    + pack.lockedUntil().orElseThrow() + "; remove it after that",
                            null);
                });
        return packs;
    }

    /** Throws where the content would stay in the bucket: it was asked to be gone for good. */
    private List<PackUse> rewritable(List<PackUse> packs) {
        List<PackUse> alive = packs.stream().filter(use -> !use.isDead()).toList();
        if (!alive.isEmpty() && !setting.cipher().opens()) {
            throw new StoreException.Permanent(
                    "pack \"" + keys.pack(alive.get(0).pack().name())
                            + "\" holds what is to be removed beside what is needed, and cannot be rewritten: "
                            + PackCipher.NO_IDENTITY,
                    null);
        }
        return alive;
    }

    private List<PackUse> holders(List<StoredVersion> versions) {
        List<Sha256> contents = versions.stream()
                .flatMap(stored -> stored.version().hash().stream())
                .toList();
        Set<Sha256> chunks = new HashSet<>(contents);
        contents.forEach(content -> chunks.addAll(index.segments(content)));
        Map<PackName, Set<Sha256>> byPack = index.places(chunks).entrySet().stream()
                .collect(Collectors.groupingBy(
                        place -> place.getValue().pack(), Collectors.mapping(Map.Entry::getKey, Collectors.toSet())));
        byPack.forEach((pack, held) -> index.needed(pack).forEach(chunk -> held.remove(chunk.hash())));
        return index.uses().stream()
                .filter(use -> !byPack.getOrDefault(use.pack().name(), Set.of()).isEmpty())
                .toList();
    }
}
