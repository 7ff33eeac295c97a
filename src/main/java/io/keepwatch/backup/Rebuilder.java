package io.keepwatch.backup;

import io.keepwatch.catalog.AdoptedVersion;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StoredVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Fills an empty catalog from what the bucket itself says. The bucket is only read. */
public final class Rebuilder {
    private static final int BATCH = 500;

    private final Catalog catalog;
    private final StorageLayout layout;
    private final Consumer<String> problem;
    private final LongConsumer progress;
    private final List<AdoptedVersion> batch = new ArrayList<>(BATCH);
    private long versions;
    private long problems;

    /**
     * @param problem gets a sentence for each object that cannot be read
     * @param progress gets the number of versions found so far, now and then
     */
    public Rebuilder(Catalog catalog, StorageLayout layout, Consumer<String> problem, LongConsumer progress) {
        this.catalog = catalog;
        this.layout = layout;
        this.problem = problem;
        this.progress = progress;
    }

    /** How many versions are in the catalog now, and how many objects could not be read. */
    public record Report(long versions, long problems) {}

    public CompletionStage<Report> rebuild() {
        return layout.list(this::found, this::unreadable).thenApply(done -> {
            adopt();
            return new Report(versions, problems);
        });
    }

    private synchronized void found(StoredVersion stored) {
        batch.add(new AdoptedVersion(stored.version(), stored.location().text()));
        versions++;
        if (batch.size() == BATCH) {
            adopt();
        }
    }

    private synchronized void unreadable(String sentence) {
        problems++;
        problem.accept(sentence);
    }

    /** Waits for the commit, so that a long list never runs ahead of the disk. */
    private synchronized void adopt() {
        catalog.adopt(List.copyOf(batch)).join();
        batch.clear();
        progress.accept(versions);
    }
}
