package io.keepwatch.backup;

import io.keepwatch.catalog.AdoptedVersion;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.file.RawPath;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.VerifyRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Fills a catalog, empty or a copy, from what the bucket itself says. The bucket is only read. */
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

    /**
     * How many versions were found, how many objects could not be read, and how many files have a content that no object
     * holds; each problem was told.
     */
    public record Report(long versions, long problems, long missing) {}

    public CompletionStage<Report> rebuild() {
        return rebuild(layout::list);
    }

    /** Where the versions come from. */
    public interface Listing {
        CompletionStage<Void> list(Consumer<StoredVersion> found, Consumer<String> problem);
    }

    /** The same with a list that the layout has read before. */
    public CompletionStage<Report> rebuild(Listing listing) {
        return listing.list(this::found, this::unreadable)
                .thenRun(this::adopt)
                .thenCompose(done -> layout.missing(new VerifyRequest(this::forEachCurrent, problem)))
                .thenApply(missing -> new Report(versions, problems, missing));
    }

    private void forEachCurrent(Consumer<StoredVersion> each) {
        for (String root : catalog.reader().roots()) {
            catalog.reader()
                    .forEachAt(
                            root,
                            RawPath.ROOT,
                            Optional.empty(),
                            false,
                            row -> each.accept(new StoredVersion(
                                    row.version(), new Location(row.location().orElse("")))));
        }
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
