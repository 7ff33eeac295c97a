package io.keepwatch.backup;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.Claim;
import io.keepwatch.catalog.Durable;
import io.keepwatch.catalog.FileNames;
import io.keepwatch.catalog.PendingChange;
import io.keepwatch.catalog.Unchanged;
import io.keepwatch.event.BackupCompleted;
import io.keepwatch.event.BackupFailed;
import io.keepwatch.event.Event;
import io.keepwatch.layout.Flush;
import io.keepwatch.layout.FlushLimit;
import io.keepwatch.layout.PendingVersion;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StoreOutcome;
import io.keepwatch.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Makes pending rows durable, flush by flush. The order survives a crash at any point: the row says <em>uploading</em>
 * before the first byte leaves, and <em>durable</em> only after the store has answered. Asynchronous; at most one flush
 * of each lane is under way at a time (the caller sees to that).
 */
public final class Uploader {
    /** Of contents in memory during a flush; the others are read a second time. */
    private static final long MOST_HELD_BYTES = 32L << 20;

    private final Catalog catalog;
    private final StorageLayout layout;
    private final UploadPlanner planner;
    private final Executor workers;
    private final Clock clock;
    private final Consumer<Event> events;
    private final StoreAccess store;
    private final RetryDelay retryDelay;
    private final AtomicLong sequence = new AtomicLong();
    private final PathsUnderWay underWay = new PathsUnderWay();
    private final Map<Lane, Set<Long>> unresolved = new EnumMap<>(Lane.class);

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
        this.store = new StoreAccess(layout, new Outage(nanoTime, random), clock, events);
        this.retryDelay = new RetryDelay(random);
        for (Lane lane : Lane.values()) {
            unresolved.put(lane, ConcurrentHashMap.newKeySet());
        }
    }

    /** Why the store takes nothing at present. */
    public Optional<StoreException> storeProblem() {
        return store.problem();
    }

    /**
     * Whether rows are being worked on. What they lead to (another name of a hard link that must be looked at again) is
     * committed before this turns false, so who asks here first and the catalog next never takes a gap for the end.
     */
    public boolean isFlushing() {
        return !underWay.isEmpty();
    }

    /** Ends a pause at once: somebody says that the store is well again. */
    public void askStoreNow() {
        store.askNow();
    }

    /**
     * Stores what is due in this lane, up to a bounded number of versions and bytes. During an outage it first asks the
     * store, from time to time, whether it takes anything; no file is read before the answer. The stage fails only on an
     * error of the program or of the catalog; a store that refuses is part of the report.
     */
    public CompletionStage<FlushReport> flush(Lane lane) {
        if (store.mustWait()) {
            return CompletableFuture.completedFuture(FlushReport.NOTHING);
        }
        return giveBackUnresolved(lane)
                .thenApplyAsync(done -> claim(lane), workers)
                .thenCompose(rows -> flush(lane, rows, planner)
                        .whenComplete((report, failure) -> rows.forEach(row -> underWay.end(place(row)))));
    }

    /**
     * Keeps flushes away from these paths, from all that is beneath them and from the directories above them. Completes when
     * none is busy with any of that. One caller at a time.
     */
    public CompletionStage<Void> hold(List<WatchedRoots.Located> paths) {
        return underWay.hold(paths);
    }

    /** The paths that were held may be stored again; what waits of them is newer than what was stored meanwhile. */
    public void letGo() {
        underWay.letGo();
    }

    /**
     * Stores paths that are held as another planner sees them, beside what waits of them: for the states that a snapshot
     * shows. What is not stored waits as an ordinary change.
     *
     * @param rows with ids of {@link Catalog#reserveIds}
     */
    public CompletionStage<FlushReport> store(List<CatalogVersion> rows, UploadPlanner snapshot) {
        return giveBackUnresolved(Lane.SMALL)
                .thenComposeAsync(done -> flush(Lane.SMALL, rows, snapshot), workers)
                .thenApply(report -> report.claimed() > 0
                        ? report
                        : new FlushReport(0, 0, rows.size(), store.problem().map(StoreAccess::message)));
    }

    private CompletionStage<FlushReport> flush(Lane lane, List<CatalogVersion> rows, UploadPlanner files) {
        if (rows.isEmpty()) {
            return CompletableFuture.completedFuture(FlushReport.NOTHING);
        }
        return store.problem().isEmpty()
                ? planAndStore(lane, rows, files)
                : store.ask()
                        .thenComposeAsync(
                                takes -> takes
                                        ? planAndStore(lane, rows, files)
                                        : CompletableFuture.completedFuture(FlushReport.NOTHING),
                                workers);
    }

    /** Rows whose fate the catalog could not record (a full disk) wait again as soon as it can. */
    private CompletableFuture<Void> giveBackUnresolved(Lane lane) {
        Set<Long> known = ofLane(lane);
        List<Long> ids = List.copyOf(known);
        return ids.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : catalog.giveBack(ids).thenRun(() -> ids.forEach(known::remove));
    }

    private Set<Long> ofLane(Lane lane) {
        return Objects.requireNonNull(unresolved.get(lane));
    }

    private List<CatalogVersion> claim(Lane lane) {
        FlushLimit limit = lane.limit(layout.flushLimit());
        List<CatalogVersion> due =
                catalog.reader().claimable(limit.versions(), clock.instant(), lane.minBytes, lane.maxBytes);
        List<CatalogVersion> claimed = new ArrayList<>(due.size());
        long bytes = 0;
        for (CatalogVersion row : due) {
            bytes += row.version().meta().map(meta -> meta.stat().sizeBytes()).orElse(0L);
            if (!claimed.isEmpty() && bytes > limit.bytes()) {
                break;
            }
            // The other lane may have the path, as it was before its size changed, or a snapshot has an older state of
            // it.
            if (underWay.begin(place(row))) {
                claimed.add(row);
            }
        }
        return claimed;
    }

    private CompletionStage<FlushReport> planAndStore(Lane lane, List<CatalogVersion> rows, UploadPlanner files) {
        List<CompletableFuture<Plan>> plans = new ArrayList<>(rows.size());
        long bytes = 0;
        for (CatalogVersion row : rows) {
            bytes += row.version().meta().map(meta -> meta.stat().sizeBytes()).orElse(0L);
            boolean mayHold = bytes <= MOST_HELD_BYTES;
            plans.add(CompletableFuture.supplyAsync(() -> files.plan(row, mayHold), workers));
        }
        return CompletableFuture.allOf(plans.toArray(CompletableFuture<?>[]::new))
                .thenApply(done ->
                        files.settle(plans.stream().map(CompletableFuture::join).toList()))
                .thenCompose(this::lookAtOthers)
                .thenCompose(settled -> carryOut(lane, settled))
                .whenCompleteAsync((report, failure) -> release(plans), workers);
    }

    /** What a row tells of others is on record before the row goes. */
    private CompletionStage<List<Plan>> lookAtOthers(List<Plan> plans) {
        List<PendingChange> others = of(Plan.LookAt.class, plans).stream()
                .flatMap(plan -> plan.others().stream())
                .toList();
        return (others.isEmpty() ? CompletableFuture.completedFuture(0) : catalog.addPending(others))
                .thenApply(done -> plans.stream()
                        .map(plan -> plan instanceof Plan.LookAt told ? told.rest() : plan)
                        .toList());
    }

    private void release(List<CompletableFuture<Plan>> plans) {
        planner.release(of(
                Plan.Upload.class,
                plans.stream()
                        .filter(plan -> !plan.isCompletedExceptionally())
                        .map(CompletableFuture::join)
                        .toList()));
    }

    private CompletionStage<FlushReport> carryOut(Lane lane, List<Plan> plans) {
        return deleteBeneath(plans).thenCompose(done -> record(lane, plans));
    }

    /** First of all: once it is on record that the directory is gone, nothing leads to what was in it. */
    private CompletableFuture<?> deleteBeneath(List<Plan> plans) {
        return CompletableFuture.allOf(plans.stream()
                .filter(Plan::endsDirectory)
                .map(plan -> plan.row().version())
                .map(version -> catalog.addPendingDeletions(version.root(), version.path(), clock.instant()))
                .toArray(CompletableFuture<?>[]::new));
    }

    private CompletionStage<FlushReport> record(Lane lane, List<Plan> plans) {
        List<Plan.Later> later = of(Plan.Later.class, plans);
        CompletableFuture<?> unchanged = catalog.markUnchanged(of(Plan.Unchanged.class, plans).stream()
                .map(plan -> new Unchanged(plan.row().id(), plan.stat(), plan.observed()))
                .toList());
        CompletableFuture<?> dropped = catalog.drop(plans.stream()
                .filter(plan -> plan instanceof Plan.Drop || plan instanceof Plan.Forget)
                .map(plan -> plan.row().id())
                .toList());
        CompletableFuture<?> postponed =
                postpone(later.stream().map(Plan.Later::row).toList());
        if (!later.isEmpty()) {
            events.accept(new BackupFailed(clock.instant(), later.get(0).reason(), later.size()));
        }
        return CompletableFuture.allOf(unchanged, dropped, postponed)
                .thenCompose(done -> upload(lane, of(Plan.Upload.class, plans)))
                .thenApply(report -> new FlushReport(
                        plans.size(),
                        report.stored(),
                        report.notStored() + later.size(),
                        report.problem().or(() -> later.stream().findFirst().map(Plan.Later::reason))));
    }

    private CompletionStage<FlushReport> upload(Lane lane, List<Plan.Upload> uploads) {
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
                .thenComposeAsync(
                        done -> layout.store(flush).thenApply(Answer::of).exceptionally(Answer::refused), workers)
                .thenCompose(answer -> answer.refusal()
                        .map(cause -> recordRefusal(uploads, cause))
                        .orElseGet(() -> recordOutcomes(flush.sequence(), uploads, answer.outcomes())))
                .whenComplete((report, failure) -> {
                    if (failure != null) {
                        claims.forEach(claim -> ofLane(lane).add(claim.id()));
                    }
                });
    }

    /** What the layout said: an outcome for each version, or that the store takes nothing. */
    private record Answer(List<StoreOutcome> outcomes, Optional<Throwable> refusal) {
        static Answer of(List<StoreOutcome> outcomes) {
            return new Answer(outcomes, Optional.empty());
        }

        static Answer refused(Throwable failure) {
            return new Answer(List.of(), Optional.of(StoreAccess.cause(failure)));
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
        if (!durable.isEmpty() || firstProblem.filter(Uploader::isAnswer).isPresent()) {
            store.reachable();
        }
        firstProblem.ifPresent(cause -> events.accept(new BackupFailed(now, StoreAccess.message(cause), again.size())));
        Optional<String> problem = firstProblem.map(StoreAccess::message);
        BackupCompleted completed = new BackupCompleted(
                now, flush, durable.size(), deletions, uploadedBytes, Duration.between(oldest, now));
        List<PendingVersion> stored = stored(uploads, durable);
        // In one commit: after a crash nothing else would tell that another name has lost its leader.
        CompletableFuture<Void> marked = catalog.markDurable(durable, names -> otherNames(stored, names, now));
        return CompletableFuture.allOf(marked, postpone(again))
                .thenApply(done -> {
                    if (!durable.isEmpty()) {
                        events.accept(completed);
                    }
                    return new FlushReport(uploads.size(), durable.size(), again.size(), problem);
                })
                .thenCompose(report -> lookBeside(stored).thenApply(done -> report));
    }

    /** The stage of the flush was no failure, so the store takes others; unless it was not asked at all. */
    private static boolean isAnswer(StoreException refusal) {
        return refusal instanceof StoreException.Permanent || refusal instanceof StoreException.Transient;
    }

    private static List<PendingVersion> stored(List<Plan.Upload> uploads, List<Durable> durable) {
        Set<Long> ids = durable.stream().map(Durable::id).collect(Collectors.toSet());
        return uploads.stream()
                .filter(upload -> ids.contains(upload.row().id()))
                .map(Plan.Upload::pending)
                .toList();
    }

    private static List<PendingChange> otherNames(List<PendingVersion> stored, FileNames names, Instant now) {
        OtherNames others = new OtherNames(names);
        return stored.stream()
                .filter(OtherNames::mayConcern)
                .flatMap(version -> others.toLookAt(version, now).stream())
                .toList();
    }

    /** Files beside a database; a comparison finds them too. */
    private CompletableFuture<?> lookBeside(List<PendingVersion> stored) {
        List<PendingVersion> some =
                stored.stream().filter(Databases::mayConcern).toList();
        if (some.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.supplyAsync(
                        () -> some.stream()
                                .flatMap(version -> planner.toLookAt(version).stream())
                                .toList(),
                        workers)
                .thenCompose(catalog::addPending);
    }

    private CompletableFuture<FlushReport> recordRefusal(List<Plan.Upload> uploads, Throwable cause) {
        List<Long> ids = uploads.stream().map(plan -> plan.row().id()).toList();
        CompletableFuture<Void> returned = catalog.giveBack(ids);
        if (!(cause instanceof StoreException refusal)) {
            return returned.thenCompose(done -> CompletableFuture.failedFuture(cause));
        }
        store.refused(refusal);
        return returned.thenApply(
                done -> new FlushReport(uploads.size(), 0, uploads.size(), Optional.of(StoreAccess.message(refusal))));
    }

    private CompletableFuture<?> postpone(List<CatalogVersion> rows) {
        Instant now = clock.instant();
        return CompletableFuture.allOf(rows.stream()
                .map(row -> catalog.retryLater(List.of(row.id()), now.plus(retryDelay.after(row.attempts()))))
                .toArray(CompletableFuture<?>[]::new));
    }

    private static WatchedRoots.Located place(CatalogVersion row) {
        return new WatchedRoots.Located(row.version().root(), row.version().path());
    }

    private static <P extends Plan> List<P> of(Class<P> kind, List<Plan> plans) {
        return plans.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
