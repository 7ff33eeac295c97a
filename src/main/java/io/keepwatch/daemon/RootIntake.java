package io.keepwatch.daemon;

import io.keepwatch.bus.Bus;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.event.ReconcileCompleted;
import io.keepwatch.event.ReconcileProgressed;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.StatReader;
import io.keepwatch.source.ObservedFile;
import io.keepwatch.source.ReconcileOutcome;
import io.keepwatch.source.ReconcileProgress;
import io.keepwatch.source.Reconciler;
import io.keepwatch.source.RootOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Compares a root with the catalog and records the difference as pending rows. Blocks; any thread. What it records is
 * committed when a call returns, so a crash afterwards loses nothing.
 */
final class RootIntake {
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);

    private final RootOptions options;
    private final Catalog catalog;
    private final Bus bus;
    private final Clock clock;
    private final Comparer paths;
    private final Comparer trees;
    private final Comparer urgentTrees;
    private volatile boolean compared;
    private volatile boolean stopping;

    RootIntake(RootOptions options, Catalog catalog, Bus bus, Executor workers, int parallel, Clock clock) {
        this.options = options;
        this.catalog = catalog;
        this.bus = bus;
        this.clock = clock;
        this.compared = lastReconcile().isPresent();
        CatalogKnownFiles known = CatalogKnownFiles.newest(options.name(), catalog.reader());
        // One of each for good: a reconciler remembers what it told to be skipped.
        this.paths = comparer(known, workers, parallel, false, () -> true);
        this.trees = comparer(known, workers, parallel, false, () -> compared);
        this.urgentTrees = comparer(known, workers, parallel, true, () -> compared);
    }

    /** A reconciler and where it puts what it finds. */
    private record Comparer(Reconciler reconciler, CatalogSink sink) {}

    private Comparer comparer(
            CatalogKnownFiles known, Executor workers, int parallel, boolean urgent, BooleanSupplier telling) {
        CatalogSink sink = new CatalogSink(options.name(), catalog, bus, clock, urgent, telling);
        return new Comparer(new Reconciler(options, known, sink, workers, parallel, clock), sink);
    }

    RootOptions options() {
        return options;
    }

    /** Ends a comparison that is under way; what it found until then stands. */
    void stop() {
        stopping = true;
    }

    /** The device the root had when it was last compared. */
    OptionalLong recordedDevice() {
        return catalog.reader()
                .setting(deviceKey())
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /** When the whole root was last compared. */
    Optional<Instant> lastReconcile() {
        return catalog.reader().setting(reconcileKey()).map(Instant::parse);
    }

    /** Looks at single paths; how many changes were recorded. */
    long settled(List<RawPath> changed) {
        return finish(paths.reconciler().reconcilePaths(changed, recordedDevice()), paths.sink());
    }

    /** Compares a directory and everything beneath it; how many changes were recorded. */
    long reconcile(RawPath directory, boolean urgent) {
        long began = System.nanoTime();
        Comparer used = urgent ? urgentTrees : trees;
        ReconcileOutcome outcome = used.reconciler().reconcile(directory, recordedDevice(), new Progress());
        long changes = finish(outcome, used.sink());
        if (outcome instanceof ReconcileOutcome.Completed completed) {
            catalog.putSetting(deviceKey(), String.valueOf(completed.rootDevice()))
                    .join();
            if (directory.isRoot()) {
                catalog.putSetting(reconcileKey(), clock.instant().toString()).join();
                compared = true;
            }
            bus.publish(new ReconcileCompleted(
                    clock.instant(),
                    options.name(),
                    directory,
                    completed.directories(),
                    completed.files(),
                    completed.changes(),
                    Duration.ofNanos(System.nanoTime() - began)));
        }
        return changes;
    }

    private long finish(ReconcileOutcome outcome, CatalogSink found) {
        long rootItself = outcome instanceof ReconcileOutcome.Completed ? compareRootItself(found) : 0;
        found.commit();
        if (outcome instanceof ReconcileOutcome.Completed completed) {
            return completed.changes() + rootItself;
        }
        return outcome instanceof ReconcileOutcome.Cancelled cancelled ? cancelled.changes() : 0;
    }

    /** The root's own mode, owner and times belong to the backup too. */
    private long compareRootItself(CatalogSink found) {
        try {
            Instant now = clock.instant();
            FileStat stat = StatReader.stat(options.path());
            boolean known = catalog.reader()
                    .known(options.name(), RawPath.ROOT)
                    .filter(child -> !child.racy() && child.stat().sameAs(stat))
                    .isPresent();
            if (known) {
                return 0;
            }
            found.changed(List.of(new ObservedFile(RawPath.ROOT, stat, now)));
            return 1;
        } catch (IOException e) {
            // It went away just now; the source says so.
            return 0;
        }
    }

    private String deviceKey() {
        return "root." + options.name() + ".device";
    }

    private String reconcileKey() {
        return "root." + options.name() + ".reconciled";
    }

    /** Tells the bus at most once a second. */
    private final class Progress implements ReconcileProgress {
        private long toldNanos = System.nanoTime();

        @Override
        public synchronized void progressed(long directories, long files, long changes) {
            long now = System.nanoTime();
            if (now - toldNanos >= PROGRESS_EVERY.toNanos()) {
                toldNanos = now;
                bus.publish(new ReconcileProgressed(clock.instant(), options.name(), directories, files, changes));
            }
        }

        @Override
        public boolean isCancelled() {
            return stopping;
        }
    }
}
