package io.keepwatch.daemon;

import io.keepwatch.action.Backups;
import io.keepwatch.backup.SnapshotUpload;
import io.keepwatch.backup.UploadPlanner;
import io.keepwatch.backup.Uploader;
import io.keepwatch.backup.WatchedRoots;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.StatReader;
import io.keepwatch.layout.FlushLimit;
import io.keepwatch.snapshot.FrozenFiles;
import io.keepwatch.snapshot.SnapshotKeeper;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Stores paths as they are at one moment, from a snapshot of their file system; one step after the other, on a thread of its
 * own. Their ordinary backup waits meanwhile, so that the state of the snapshot is stored before any newer one; afterwards
 * they are compared as usual. What goes wrong ends the step and nothing else.
 */
final class SnapshotBackups implements AutoCloseable {
    private static final int STOP_SECONDS = 30;

    private final Map<String, RootIntake> roots = new LinkedHashMap<>();
    private final Catalog catalog;
    private final Uploader uploader;
    private final Planners planners;
    private final FlushLimit limit;
    private final SnapshotKeeper keeper;
    private final RuleBackups.Comparison comparison;
    private final Clock clock;
    private final ExecutorService thread;

    /** Makes a planner that reads files elsewhere than where they are. */
    interface Planners {
        UploadPlanner of(WatchedRoots files, Clock observing);
    }

    /** @param comparison of the files as they are, after each backup */
    SnapshotBackups(
            List<RootIntake> roots,
            Catalog catalog,
            Uploader uploader,
            Planners planners,
            FlushLimit limit,
            SnapshotKeeper keeper,
            RuleBackups.Comparison comparison,
            ThreadFactory threads,
            Clock clock) {
        roots.forEach(root -> this.roots.put(root.options().name(), root));
        this.catalog = catalog;
        this.uploader = uploader;
        this.planners = planners;
        this.limit = limit;
        this.keeper = keeper;
        this.comparison = comparison;
        this.clock = clock;
        this.thread = Executors.newSingleThreadExecutor(threads);
    }

    /** Removes what a crash left behind; before anything else. */
    void begin() {
        thread.execute(keeper::removeLeftOver);
    }

    CompletionStage<Backups.Done> backUp(List<WatchedRoots.Located> places, Optional<ByteSize> room) {
        CompletableFuture<Backups.Done> result = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                result.complete(store(places, room));
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private Backups.Done store(List<WatchedRoots.Located> places, Optional<ByteSize> room) throws IOException {
        Map<String, List<RawPath>> paths = new LinkedHashMap<>();
        places.forEach(place ->
                paths.computeIfAbsent(place.root(), name -> new ArrayList<>()).add(place.path()));
        Map<String, Path> real = new LinkedHashMap<>();
        for (String name : paths.keySet()) {
            real.put(name, root(name).options().path().toRealPath());
        }
        uploader.askStoreNow();
        try {
            await(uploader.hold(places));
            // Before the snapshot is made: what was written right before it counts as racy, as it does for a look at a
            // file.
            Instant at = clock.instant();
            return store(paths, real, room, at);
        } finally {
            uploader.letGo();
            lookAgain(places);
        }
    }

    private Backups.Done store(
            Map<String, List<RawPath>> paths, Map<String, Path> real, Optional<ByteSize> room, Instant at)
            throws IOException {
        Map<String, SnapshotComparison> comparisons = new LinkedHashMap<>();
        Map<String, List<RawPath>> leftOut = new LinkedHashMap<>();
        for (Map.Entry<String, Path> root : real.entrySet()) {
            SnapshotComparison one = new SnapshotComparison(root(root.getKey()), root.getValue(), catalog.reader());
            comparisons.put(root.getKey(), one);
            leftOut.put(root.getKey(), one.leftOut(of(paths, root.getKey()), keeper.mountedBeneath(root.getValue())));
        }
        try (FrozenFiles frozen = keeper.freeze(List.copyOf(real.values()), at, room)) {
            Map<String, Path> views = new LinkedHashMap<>();
            real.forEach((name, path) -> views.put(name, frozen.of(path)));
            long device = StatReader.lstat(real.values().iterator().next()).device();
            UploadPlanner planner =
                    planners.of(WatchedRoots.inSnapshot(views, device), Clock.fixed(at, ZoneOffset.UTC));
            SnapshotUpload upload = new SnapshotUpload(catalog, uploader, planner, limit);
            for (Map.Entry<String, SnapshotComparison> root : comparisons.entrySet()) {
                root.getValue().run(of(paths, root.getKey()), frozen, at, of(leftOut, root.getKey()), upload);
            }
            upload.finish();
            return new Backups.Done((int) Math.min(Integer.MAX_VALUE, upload.stored()), Optional.of(at));
        }
    }

    private static List<RawPath> of(Map<String, List<RawPath>> paths, String root) {
        return paths.getOrDefault(root, List.of());
    }

    private RootIntake root(String name) {
        return Optional.ofNullable(roots.get(name))
                .orElseThrow(() -> new IllegalArgumentException("there is no root \"" + name + "\""));
    }

    /** What changed since the snapshot differs from what is durable now, whatever was told of it meanwhile. */
    @SuppressWarnings("FutureReturnValueIgnored") // the intake logs a failure and tries again
    private void lookAgain(List<WatchedRoots.Located> places) {
        if (!thread.isShutdown()) {
            places.forEach(place -> comparison.backUp(place, false));
        }
    }

    private static void await(CompletionStage<Void> stage) throws IOException {
        try {
            stage.toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Keepwatch stops");
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    /** Ends what is under way, and waits until its snapshot is removed. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
