package io.keepwatch.source;

import io.keepwatch.file.RawPath;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/**
 * Compares a root, or a part of it, with what is on record, by stat alone: content is never read and no symlink is
 * followed. A file that cannot be looked at is a problem, never a deletion; what is excluded now stays on record. The
 * root directory's own metadata is not compared. Thread-safe: several comparisons of a root may run at once.
 */
public final class Reconciler {
    private final RootOptions options;
    private final KnownFiles known;
    private final ReconcileSink sink;
    private final Executor executor;
    private final int workers;
    private final InstantSource clock;
    private final OnceTold told = new OnceTold();

    /** @param workers how many directories to compare at a time, the caller's thread included */
    public Reconciler(
            RootOptions options,
            KnownFiles known,
            ReconcileSink sink,
            Executor executor,
            int workers,
            InstantSource clock) {
        this.options = options;
        this.known = known;
        this.sink = sink;
        this.executor = executor;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Compares a directory and everything beneath it. Blocks. An exception of the record or the sink ends the comparison
     * and is thrown.
     *
     * @param recordedDevice the device the root had when it was last compared; tells an unmounted file system from an
     *     empty one
     */
    public ReconcileOutcome reconcile(RawPath directory, OptionalLong recordedDevice, ReconcileProgress progress) {
        return run(List.of(directory), true, recordedDevice, progress);
    }

    /**
     * Compares single paths and their parents. A directory on record is compared itself, not its children; a new one with
     * everything beneath it. Blocks.
     */
    public ReconcileOutcome reconcilePaths(List<RawPath> paths, OptionalLong recordedDevice) {
        return run(paths, false, recordedDevice, ReconcileProgress.SILENT);
    }

    private ReconcileOutcome run(
            List<RawPath> paths, boolean enter, OptionalLong recordedDevice, ReconcileProgress progress) {
        RootState state = RootState.look(options.path(), recordedDevice);
        if (state instanceof RootState.Absent absent) {
            return new ReconcileOutcome.RootAbsent(absent.unmounted(), absent.reason());
        }
        RootState.Present root = (RootState.Present) state;
        ReconcileReport report = new ReconcileReport(options.name(), root.realPath(), sink, told, clock);
        PathFilter filter = new PathFilter(options, root.realPath());
        Comparison comparison = new Comparison(root.realPath(), root.stat(), filter, known, report, progress, clock);
        PathWalk walk = new PathWalk(comparison, new DirectoryVisit(RawPath.ROOT, root.stat(), recordedDevice, true));
        TreeScan scan = new TreeScan(comparison);
        List<DirectoryVisit> asked =
                paths.stream().flatMap(path -> walk.descend(path).stream()).toList();
        scan.run(walk.newDirectories(), executor, workers);
        if (enter) {
            scan.run(asked.stream().filter(DirectoryVisit::onRecord).toList(), executor, workers);
        }
        report.flush();
        long directories = report.directories.get();
        long files = report.files.get();
        long changes = report.changes.get();
        return progress.isCancelled() || scan.isUnfinished()
                ? new ReconcileOutcome.Cancelled(directories, files, changes)
                : new ReconcileOutcome.Completed(
                        directories,
                        files,
                        changes,
                        report.problems.get(),
                        root.stat().device());
    }
}
