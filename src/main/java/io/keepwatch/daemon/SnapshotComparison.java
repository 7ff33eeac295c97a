package io.keepwatch.daemon;

import io.keepwatch.backup.SnapshotUpload;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.StatReader;
import io.keepwatch.snapshot.FrozenFiles;
import io.keepwatch.source.ObservedFile;
import io.keepwatch.source.PathFilter;
import io.keepwatch.source.ReconcileOutcome;
import io.keepwatch.source.ReconcileProgress;
import io.keepwatch.source.Reconciler;
import io.keepwatch.source.RootOptions;
import io.keepwatch.source.Verdict;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Compares paths of one root, as a snapshot shows them, with what is durable of them. One thread; blocks. */
final class SnapshotComparison {
    private final RootIntake root;
    private final RootOptions options;
    private final Path real;
    private final CatalogReader catalog;

    /** @param real the root's path with every symlink resolved */
    SnapshotComparison(RootIntake root, Path real, CatalogReader catalog) {
        this.root = root;
        this.options = root.options();
        this.real = real;
        this.catalog = catalog;
    }

    /**
     * Says which of the file systems that are mounted in the root do not belong to the backup.
     *
     * @param mounted relative to the root
     * @throws IOException where one belongs to it, or a path lies on one: the snapshot would not show it
     */
    List<RawPath> leftOut(List<RawPath> paths, List<Path> mounted) throws IOException {
        for (RawPath path : paths) {
            requireSameFileSystem(path);
        }
        PathFilter filter = new PathFilter(options, real);
        List<RawPath> leftOut = new ArrayList<>();
        for (Path point : mounted) {
            RawPath path = RawPath.between(real, real.resolve(point));
            boolean concerns = paths.stream().anyMatch(path::isWithin);
            boolean isBackedUp = filter.judgeParents(path) == Verdict.INCLUDED
                    && filter.judgeName(path, true) == Verdict.INCLUDED
                    && !options.oneFileSystem();
            if (concerns && isBackedUp) {
                throw new IOException("\"" + path + "\" in root \"" + options.name()
                        + "\" is a file system of its own, and a snapshot holds nothing of it: make it a root of its own"
                        + " and write a step for it, or exclude it");
            }
            leftOut.add(path);
        }
        return leftOut;
    }

    private void requireSameFileSystem(RawPath path) throws IOException {
        long device = StatReader.lstat(real).device();
        Path at = real;
        for (byte[] name : path.segments()) {
            at = RawPath.of(name).under(at);
            FileStat stat;
            try {
                stat = StatReader.lstat(at);
            } catch (java.nio.file.NoSuchFileException e) {
                return;
            }
            if (stat.device() != device) {
                throw new IOException("\"" + path + "\" lies on another file system or subvolume than its root \""
                        + options.name() + "\" at " + options.path() + ": make it a root of its own");
            }
        }
    }

    /** Has stored what differs; what is left to store is with the upload. */
    void run(List<RawPath> paths, FrozenFiles frozen, Instant at, List<RawPath> leftOut, SnapshotUpload upload)
            throws IOException {
        Path view = frozen.of(real);
        SnapshotSink sink = new SnapshotSink(options, view, frozen, catalog, upload, at, leftOut);
        Reconciler reconciler = new Reconciler(
                ofView(view),
                CatalogKnownFiles.stored(options.name(), catalog),
                sink,
                Runnable::run,
                1,
                Clock.fixed(at, java.time.ZoneOffset.UTC));
        try {
            for (RawPath path : paths) {
                requireWhole(reconciler.reconcile(path, root.recordedDevice(), new UntilInterrupted()), sink);
            }
            compareRootItself(view, at, sink);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void requireWhole(ReconcileOutcome outcome, SnapshotSink sink) throws IOException {
        if (outcome instanceof ReconcileOutcome.RootAbsent absent) {
            throw new IOException("the snapshot does not show the root: " + absent.reason());
        } else if (outcome instanceof ReconcileOutcome.Cancelled) {
            throw new InterruptedIOException("Keepwatch stops");
        } else if (outcome instanceof ReconcileOutcome.Completed completed && completed.problems() > 0) {
            throw new IOException(completed.problems() + " paths could not be read in the snapshot: " + sink.skipped());
        }
    }

    private void compareRootItself(Path view, Instant at, SnapshotSink sink) throws IOException {
        FileStat stat = StatReader.lstat(view);
        boolean known = catalog.stored(options.name(), RawPath.ROOT)
                .filter(child -> !child.racy() && child.stat().sameAs(stat))
                .isPresent();
        if (!known) {
            sink.changed(List.of(new ObservedFile(RawPath.ROOT, stat, at)));
        }
    }

    /** The same root, where the snapshot shows it. */
    private RootOptions ofView(Path view) {
        return new RootOptions(
                options.name(),
                view,
                options.include(),
                options.exclude(),
                options.excludeCaches(),
                options.maxSize(),
                options.oneFileSystem(),
                options.neverWatch().stream()
                        .filter(path -> path.startsWith(real))
                        .map(path -> view.resolve(real.relativize(path)))
                        .toList());
    }

    private static final class UntilInterrupted implements ReconcileProgress {
        @Override
        public void progressed(long directories, long files, long changes) {}

        @Override
        public boolean isCancelled() {
            return Thread.currentThread().isInterrupted();
        }
    }
}
