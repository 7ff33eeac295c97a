package io.keepwatch.daemon;

import io.keepwatch.backup.TreeDifference;
import io.keepwatch.backup.WatchedRoots;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.State;
import io.keepwatch.file.FileType;
import io.keepwatch.layout.StorageLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * How files differ from their last versions in the backup, for {@code diff()} in rules. The last version that differs is
 * meant: the change that a rule runs for may be durable already. Any thread; does not block.
 */
final class BackupDiff {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_FILES = 20;
    private static final int MOST_VERSIONS = 5;
    private static final int MOST_CHARS = 32 * 1024;

    private final WatchedRoots watched;
    private final CatalogReader catalog;
    private final StorageLayout layout;
    private final Executor workers;

    BackupDiff(WatchedRoots watched, CatalogReader catalog, StorageLayout layout, Executor workers) {
        this.watched = watched;
        this.catalog = catalog;
        this.layout = layout;
        this.workers = workers;
    }

    /** As unified diff; a sentence stands for each file that has none. Completes within {@link #PATIENCE}. */
    CompletionStage<String> of(List<String> paths) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        CompletableFuture<String> text = CompletableFuture.completedFuture("");
        for (String path : paths.subList(0, Math.min(paths.size(), MOST_FILES))) {
            text = text.thenCompose(found -> found.length() > MOST_CHARS
                    ? CompletableFuture.completedFuture(found)
                    : inTime(path, deadline - System.nanoTime()).thenApply(found::concat));
        }
        return text.thenApply(found -> bounded(found, paths.size()));
    }

    private static String bounded(String text, int files) {
        if (text.length() > MOST_CHARS) {
            return text.substring(0, MOST_CHARS) + "\n(the rest is left out)\n";
        }
        return files > MOST_FILES ? text + "(and " + (files - MOST_FILES) + " more files)\n" : text;
    }

    private CompletableFuture<String> inTime(String path, long nanos) {
        String late = "(" + path + ": the store gave no answer in " + PATIENCE.toSeconds() + " s)\n";
        return CompletableFuture.supplyAsync(() -> one(path), workers)
                .completeOnTimeout(late, Math.max(1, nanos), TimeUnit.NANOSECONDS)
                .exceptionally(problem -> "(" + path + ": "
                        + Optional.ofNullable(problem.getCause())
                                .orElse(problem)
                                .getMessage() + ")\n");
    }

    private String one(String path) {
        Optional<WatchedRoots.Located> found = watched.locate(Path.of(path));
        if (found.isEmpty()) {
            return "(" + path + " is beneath no root)\n";
        }
        WatchedRoots.Located located = found.get();
        List<CatalogVersion> stored = catalog.versions(located.root(), located.path()).stream()
                .filter(row -> row.state() == State.DURABLE && isRegular(row))
                .limit(MOST_VERSIONS)
                .toList();
        if (stored.isEmpty()) {
            return "(" + path + " was not backed up before)\n";
        }
        try {
            Path root = Optional.ofNullable(watched.paths().get(located.root()))
                    .orElse(Path.of("/"))
                    .toRealPath();
            TreeDifference difference = new TreeDifference(catalog, layout, root, located.root());
            for (CatalogVersion version : stored) {
                List<String> lines = difference.unified(located.path(), version);
                if (!lines.isEmpty()) {
                    return String.join("\n", lines) + "\n";
                }
            }
            return "(" + path + " is as it was stored)\n";
        } catch (IOException | CompletionException e) {
            return "(" + path + ": " + Optional.ofNullable(e.getMessage()).orElse(e.toString()) + ")\n";
        }
    }

    private static boolean isRegular(CatalogVersion row) {
        return row.version()
                .meta()
                .filter(meta -> meta.stat().type() == FileType.REGULAR)
                .isPresent();
    }
}
