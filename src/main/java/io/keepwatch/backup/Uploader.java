package io.keepwatch.backup;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.Claim;
import io.keepwatch.catalog.Durable;
import io.keepwatch.catalog.Unchanged;
import io.keepwatch.event.BackupCompleted;
import io.keepwatch.event.BackupFailed;
import io.keepwatch.event.Event;
import io.keepwatch.event.StoreReachable;
import io.keepwatch.event.StoreUnreachable;
import io.keepwatch.layout.Flush;
import io.keepwatch.layout.PendingVersion;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StoreOutcome;
import io.keepwatch.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes pending rows durable, flush by flush. The order survives a crash at any point: the row says <em>uploading</em>
 * before the first byte leaves, and <em>durable</em> only after the store has answered. Asynchronous; at most one flush
 * of each lane is under way at a time (the caller sees to that).
 */
public final class Uploader {
    private static final Logger LOG = LoggerFactory.getLogger(Uploader.class);

    /** Contents up to 1 MiB stay in memory between hashing and upload; this bounds what one flush holds. */
    private static final long FLUSH_BYTES = 32L << 20;

    private final Catalog catalog;
    private final StorageLayout layout;
    private final UploadPlanner planner;
    private final Executor workers;
    private final Clock clock;
    private final Consumer<Event> events;
    private final Outage outage;
    private final RetryDelay retryDelay;
    private final AtomicLong sequence = new AtomicLong();
    private final Set<Long> unresolved = ConcurrentHashMap.newKeySet();

    /**
     * @param workers runs blocking reads of files and of the catalog
     * @param nanoTime a monotonic clock
     * @param events is told what happened, on any thread; must not block
     */
    public Uploader(
            Catalog catalog,
            StorageLayout layout,
            UploadPlanner planner,
            Executor workers,
            Clock clock,
            LongSupplier nanoTime,
            RandomGenerator random,
            Consumer<Event> events) {
        this.catalog = catalog;
        this.layout = layout;
        this.planner = planner;
        this.workers = workers;
        this.clock = clock;
        this.events = events;
        this.outage = new Outage(nanoTime, random);
        this.retryDelay = new RetryDelay(random);
    }

    /** Why the store takes nothing at present. */
    public Optional<StoreException> storeProblem() {
        return outage.problem();
    }

    /** Ends a pause at once: somebody says that the store is well again. */
    public void askStoreNow() {
        outage.askNow();
    }

    /**
     * Stores what is due in this lane, up to a bounded number of versions and bytes. The stage fails only on an error of
     * the program or of the catalog; a store that refuses is part of the report.
     */
    public CompletionStage<FlushReport> flush(Lane lane) {
        if (outage.mustWait()) {
            return CompletableFuture.completedFuture(FlushReport.NOTHING);
        }
        return giveBackUnresolved()
                .thenApplyAsync(done -> claim(lane), workers)
                .thenCompose(this::planAll)
                .thenCompose(this::carryOut);
    }

    /** Rows whose fate the catalog could not record (a full disk) wait again as soon as it can. */
    private CompletableFuture<Void> giveBackUnresolved() {
        List<Long> ids = List.copyOf(unresolved);
        return ids.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : catalog.giveBack(ids).thenRun(() -> unresolved.removeAll(ids));
    }

    private List<CatalogVersion> claim(Lane lane) {
        // One version is enough to learn whether the store is back.
        int limit = outage.problem().isPresent() ? 1 : lane.maxVersions;
        List<CatalogVersion> due = catalog.reader().claimable(limit, clock.instant(), lane.minBytes, lane.maxBytes);
        long bytes = 0;
        for (int i = 0; i < due.size(); i++) {
            bytes += due.get(i)
                    .version()
                    .meta()
                    .map(meta -> meta.stat().sizeBytes())
                    .orElse(0L);
            if (i > 0 && bytes > FLUSH_BYTES) {
                return due.subList(0, i);
            }
        }
        return due;
    }

    private CompletionStage<List<Plan>> planAll(List<CatalogVersion> rows) {
        List<CompletableFuture<Plan>> plans = rows.stream()
                .map(row -> CompletableFuture.supplyAsync(() -> planner.plan(row), workers))
                .toList();
        return CompletableFuture.allOf(plans.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> planner.settle(
                        plans.stream().map(CompletableFuture::join).toList()));
    }

    private CompletionStage<FlushReport> carryOut(List<Plan> plans) {
        List<Plan.Upload> uploads = of(Plan.Upload.class, plans);
        List<Plan.Later> later = of(Plan.Later.class, plans);
        CompletableFuture<?> unchanged = catalog.markUnchanged(of(Plan.Unchanged.class, plans).stream()
                .map(plan -> new Unchanged(plan.row().id(), plan.stat(), plan.observed()))
                .toList());
        CompletableFuture<?> dropped = catalog.drop(
                of(Plan.Drop.class, plans).stream().map(plan -> plan.row().id()).toList());
        CompletableFuture<?> postponed =
                postpone(later.stream().map(Plan.Later::row).toList());
        if (!later.isEmpty()) {
            events.accept(new BackupFailed(clock.instant(), later.get(0).reason(), later.size()));
        }
        return CompletableFuture.allOf(unchanged, dropped, postponed)
                .thenCompose(done -> upload(uploads))
                .thenApply(report -> new FlushReport(plans.size(), report.stored(), report.notStored() + later.size()));
    }

    private CompletionStage<FlushReport> upload(List<Plan.Upload> uploads) {
        if (uploads.isEmpty()) {
            return CompletableFuture.completedFuture(FlushReport.NOTHING);
        }
        List<PendingVersion> versions =
                uploads.stream().map(Plan.Upload::pending).toList();
        Flush flush = new Flush(sequence.incrementAndGet(), clock.instant(), versions);
        List<Claim> claims = uploads.stream()
                .map(plan -> new Claim(plan.row().id(), plan.pending().version()))
                .toList();
        return catalog.markUploading(claims)
                .thenCompose(done -> layout.store(flush).thenApply(Answer::of).exceptionally(Answer::refused))
                .whenComplete((answer, failure) -> planner.release(uploads))
                .thenCompose(answer -> answer.refusal()
                        .map(cause -> recordRefusal(uploads, cause))
                        .orElseGet(() -> recordOutcomes(flush.sequence(), uploads, answer.outcomes())))
                .whenComplete((report, failure) -> {
                    if (failure != null) {
                        claims.forEach(claim -> unresolved.add(claim.id()));
                    }
                });
    }

    /** What the layout said: an outcome for each version, or that the store takes nothing. */
    private record Answer(List<StoreOutcome> outcomes, Optional<Throwable> refusal) {
        static Answer of(List<StoreOutcome> outcomes) {
            return new Answer(outcomes, Optional.empty());
        }

        static Answer refused(Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return new Answer(List.of(), Optional.of(cause == null ? failure : cause));
        }
    }

    private CompletableFuture<FlushReport> recordOutcomes(
            long flush, List<Plan.Upload> uploads, List<StoreOutcome> outcomes) {
        Instant now = clock.instant();
        List<Durable> durable = new ArrayList<>();
        List<CatalogVersion> again = new ArrayList<>();
        Optional<StoreException> firstProblem = Optional.empty();
        long uploadedBytes = 0;
        long deletions = 0;
        Instant oldest = now;
        for (int i = 0; i < uploads.size(); i++) {
            Plan.Upload upload = uploads.get(i);
            if (outcomes.get(i) instanceof StoreOutcome.Stored stored) {
                durable.add(new Durable(upload.row().id(), stored.location().text(), now));
                uploadedBytes += stored.uploadedBytes();
                deletions += upload.pending().version().isDeletion() ? 1 : 0;
                oldest = oldest.isBefore(upload.row().firstSeen())
                        ? oldest
                        : upload.row().firstSeen();
            } else if (outcomes.get(i) instanceof StoreOutcome.NotStored refused) {
                again.add(upload.row());
                firstProblem = firstProblem.or(() -> Optional.of(refused.cause()));
            }
        }
        if (!durable.isEmpty()) {
            reachable();
        }
        firstProblem.ifPresent(cause -> events.accept(new BackupFailed(now, message(cause), again.size())));
        BackupCompleted completed = new BackupCompleted(
                now, flush, durable.size(), deletions, uploadedBytes, Duration.between(oldest, now));
        return CompletableFuture.allOf(catalog.markDurable(durable), postpone(again))
                .thenApply(done -> {
                    if (!durable.isEmpty()) {
                        events.accept(completed);
                    }
                    return new FlushReport(uploads.size(), durable.size(), again.size());
                });
    }

    private CompletableFuture<FlushReport> recordRefusal(List<Plan.Upload> uploads, Throwable cause) {
        List<Long> ids = uploads.stream().map(plan -> plan.row().id()).toList();
        CompletableFuture<Void> returned = catalog.giveBack(ids);
        if (!(cause instanceof StoreException refusal)) {
            return returned.thenCompose(done -> CompletableFuture.failedFuture(cause));
        }
        if (outage.failed(refusal)) {
            LOG.warn("store refuses: {}", message(refusal));
            events.accept(new StoreUnreachable(
                    clock.instant(), message(refusal), refusal instanceof StoreException.Permanent));
        }
        return returned.thenApply(done -> new FlushReport(uploads.size(), 0, uploads.size()));
    }

    private void reachable() {
        outage.succeeded().ifPresent(lasted -> {
            LOG.info("store takes objects again after {} s", lasted.toSeconds());
            events.accept(new StoreReachable(clock.instant(), lasted));
        });
    }

    private CompletableFuture<?> postpone(List<CatalogVersion> rows) {
        Instant now = clock.instant();
        return CompletableFuture.allOf(rows.stream()
                .map(row -> catalog.retryLater(List.of(row.id()), now.plus(retryDelay.after(row.attempts()))))
                .toArray(CompletableFuture<?>[]::new));
    }

    private static String message(StoreException cause) {
        return String.valueOf(cause.getMessage());
    }

    private static <P extends Plan> List<P> of(Class<P> kind, List<Plan> plans) {
        return plans.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
