package io.keepwatch.backup.restore;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.StatReader;
import io.keepwatch.layout.StorageLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Restores files from their stored versions. Nothing is written outside the target and nothing through a link; a file gets
 * its name only when all its bytes are on the disk and have the hash they were stored with. Running the same request again
 * continues one that was interrupted.
 */
public final class Restorer {
    /** How many files are fetched and written at a time, unless told otherwise. */
    public static final int PARALLEL = 16;

    private final VersionSource versions;
    private final StorageLayout layout;
    private final List<RestoreRoot> roots;
    private final Executor executor;
    private final int parallel;

    /** The executor runs the blocking reads and writes of single files; {@code parallel} of them at a time. */
    public Restorer(
            VersionSource versions, StorageLayout layout, List<RestoreRoot> roots, Executor executor, int parallel) {
        this.versions = versions;
        this.layout = layout;
        this.roots = List.copyOf(roots);
        this.executor = executor;
        this.parallel = parallel;
    }

    /**
     * Blocks until the restore has ended; the calling thread must not be one of the executor's. {@code progress} is called
     * after each entry, one call at a time, on any thread, and must not throw. Throws {@link RestoreException} where nothing was begun.
     */
    public RestoreReport restore(RestoreRequest request, Consumer<RestoreProgress> progress) throws IOException {
        return restore(request, progress, () -> false);
    }

    /** The same, but once {@code cancelled} holds, it ends as soon as the files under way are done. */
    public RestoreReport restore(RestoreRequest request, Consumer<RestoreProgress> progress, BooleanSupplier cancelled)
            throws IOException {
        List<SelectedVersions> selected = new ArrayList<>();
        for (Selection selection : Selection.of(request.patterns(), roots)) {
            SelectedVersions found = new SelectedVersions(selection, versions, request.at());
            if (found.entries() > 0) {
                selected.add(found);
            }
        }
        if (selected.isEmpty()) {
            String time = request.at().map(at -> " at " + at).orElse("");
            throw Selection.nothing(String.join(" ", request.patterns()) + time, roots);
        }
        long entries = selected.stream().mapToLong(SelectedVersions::entries).sum();
        long bytes = selected.stream().mapToLong(SelectedVersions::bytes).sum();
        Tally tally = new Tally(progress, entries, bytes, cancelled);
        Warnings warnings = new Warnings();
        for (SelectedVersions root : selected) {
            TargetDirectory target = TargetDirectory.of(request.target(), root.restoreRoot(), selected.size() > 1);
            if (request.dryRun()) {
                preview(request, root, target, tally, warnings);
            } else if (!tally.isStopped()) {
                restore(request, root, target, tally, warnings);
            }
        }
        return tally.report(warnings.sentences());
    }

    private static void preview(
            RestoreRequest request, SelectedVersions root, TargetDirectory target, Tally tally, Warnings warnings)
            throws IOException {
        Path own = Files.createTempFile("keepwatch", "");
        FileStat stat = StatReader.lstat(own);
        Files.delete(own);
        MetadataPolicy policy = new MetadataPolicy(stat, request.ownership(), warnings);
        Decider decider = new Decider(policy, request.overwrite(), request.privileged());
        Optional<HeldDirectory> top = target.open();
        try {
            new DryRun(root, top.map(HeldTree::new), decider, tally).run();
        } finally {
            top.ifPresent(HeldDirectory::close);
        }
    }

    private void restore(
            RestoreRequest request, SelectedVersions root, TargetDirectory target, Tally tally, Warnings warnings)
            throws IOException {
        try (HeldDirectory top = target.make()) {
            boolean empty = top.names().isEmpty();
            TopTime time = TopTime.of(top);
            StagingArea staging = StagingArea.open(top, UUID.randomUUID().toString());
            time.putBack(top);
            OverwriteRule rule = request.overwrite();
            MetadataPolicy policy = new MetadataPolicy(staging.directory().stat(), request.ownership(), warnings);
            TargetTree tree = new TargetTree(new HeldTree(top), staging, rule == OverwriteRule.ALWAYS);
            DirectoryRestore directories = new DirectoryRestore(tree, policy, rule);
            try (staging) {
                if (empty) {
                    tree.claim(RawPath.ROOT, top.stat());
                }
                Decider decider = new Decider(policy, rule, request.privileged());
                DiskGuard disk = new DiskGuard(top);
                VersionRestore files = new VersionRestore(
                        root.root(), tree, decider, new EntryPlacer(tree, policy), layout, executor, tally, disk);
                new RootRestore(root, tree, directories, files, tally, disk, executor, parallel)
                        .run(request.checkSpace(), warnings);
            } finally {
                directories.finishTop(top, time);
            }
        }
    }
}
