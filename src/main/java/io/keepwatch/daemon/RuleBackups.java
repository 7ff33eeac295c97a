package io.keepwatch.daemon;

import io.keepwatch.action.Backups;
import io.keepwatch.backup.WatchedRoots;
import io.keepwatch.catalog.CatalogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Backs up for a step of a rule. */
final class RuleBackups implements Backups {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final WatchedRoots watched;
    private final CatalogReader catalog;
    private final Comparison comparison;
    private final SnapshotBackups snapshots;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;

    /** Compares a path with the catalog, and has what differs uploaded. */
    interface Comparison {
        /** @param urgent whether it goes before everything that waits */
        CompletionStage<Long> backUp(WatchedRoots.Located place, boolean urgent);
    }

    RuleBackups(
            WatchedRoots watched,
            CatalogReader catalog,
            Comparison comparison,
            SnapshotBackups snapshots,
            ScheduledExecutorService timer,
            InstantSource clock) {
        this.watched = watched;
        this.catalog = catalog;
        this.comparison = comparison;
        this.snapshots = snapshots;
        this.timer = timer;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Done> backup(Request request) {
        List<WatchedRoots.Located> places = new ArrayList<>();
        for (String path : request.paths()) {
            Optional<WatchedRoots.Located> place = watched.locate(Path.of(path));
            if (place.isEmpty()) {
                return CompletableFuture.failedFuture(new IOException("\"" + path
                        + "\" is beneath no root; the roots are "
                        + watched.paths().values()));
            }
            places.add(place.get());
        }
        return request.snapshot()
                .map(asked -> snapshots.backUp(places, asked.room()))
                .orElseGet(() -> compared(places, request));
    }

    private CompletionStage<Done> compared(List<WatchedRoots.Located> places, Request request) {
        List<CompletableFuture<Long>> found = places.stream()
                .map(place -> comparison.backUp(place, request.high()).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(found.toArray(CompletableFuture<?>[]::new))
                .thenCompose(done -> {
                    Done changes = new Done(
                            (int) found.stream()
                                    .mapToLong(CompletableFuture::join)
                                    .sum(),
                            Optional.empty());
                    return request.durable()
                            ? durable(clock.instant()).thenApply(all -> changes)
                            : CompletableFuture.completedFuture(changes);
                });
    }

    /** Completes when nothing that was seen until then still waits. The step's time-out is its end otherwise. */
    private CompletableFuture<Void> durable(Instant until) {
        CompletableFuture<Void> promise = new CompletableFuture<>();
        look(until, promise);
        return promise;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what it finds ends the promise
    private void look(Instant until, CompletableFuture<Void> promise) {
        try {
            boolean done = catalog.backlog()
                    .oldest()
                    .filter(seen -> !seen.isAfter(until))
                    .isEmpty();
            if (done) {
                promise.complete(null);
            } else if (!promise.isDone()) {
                timer.schedule(() -> look(until, promise), LOOK.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (RuntimeException e) {
            promise.completeExceptionally(e);
        }
    }
}
