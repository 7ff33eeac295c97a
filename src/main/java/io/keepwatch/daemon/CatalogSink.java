package io.keepwatch.daemon;

import io.keepwatch.bus.Bus;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.PendingChange;
import io.keepwatch.event.FileSkipped;
import io.keepwatch.event.FilesChanged;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.source.ObservedFile;
import io.keepwatch.source.ReconcileSink;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records what a comparison finds as pending rows. Writes are handed to the catalog's writer in batches and waited for
 * when many are open, so that a million deletions are neither a million commits nor a million objects in memory.
 */
final class CatalogSink implements ReconcileSink {
    private static final int MOST_OPEN = 64;
    private static final int BATCH = 500;

    private final String root;
    private final Catalog catalog;
    private final Bus bus;
    private final InstantSource clock;
    private final boolean urgent;
    private final BooleanSupplier telling;
    private final List<PendingChange> gone = new ArrayList<>();
    private final List<CompletableFuture<Integer>> open = new ArrayList<>();

    /** @param telling whether what is found is told as changed */
    CatalogSink(String root, Catalog catalog, Bus bus, InstantSource clock, boolean urgent, BooleanSupplier telling) {
        this.root = root;
        this.catalog = catalog;
        this.bus = bus;
        this.clock = clock;
        this.urgent = urgent;
        this.telling = telling;
    }

    @Override
    public synchronized void changed(List<ObservedFile> batch) {
        // What was told to be gone comes first: a directory that a file replaced must not delete the file.
        recordGone();
        record(batch.stream().map(this::pending).toList());
    }

    @Override
    public synchronized void gone(RawPath path, boolean wasDirectory) {
        if (wasDirectory) {
            recordGone();
            await(catalog.addPendingDeletions(root, path, clock.instant()), List.of(path));
            return;
        }
        gone.add(new PendingChange(FileVersion.deleted(root, path, clock.instant()), urgent));
        if (gone.size() >= BATCH) {
            recordGone();
        }
    }

    @Override
    public void skipped(FileSkipped event) {
        bus.publish(event);
    }

    /** Waits until everything told so far is committed; throws what the catalog threw. */
    synchronized void commit() {
        recordGone();
        CompletableFuture.allOf(open.toArray(CompletableFuture<?>[]::new)).join();
        open.clear();
    }

    private void recordGone() {
        if (!gone.isEmpty()) {
            record(List.copyOf(gone));
            gone.clear();
        }
    }

    private void record(List<PendingChange> changes) {
        await(
                catalog.addPending(changes),
                changes.stream().map(change -> change.version().path()).toList());
    }

    private void await(CompletableFuture<Integer> write, List<RawPath> paths) {
        open.add(telling.getAsBoolean() ? write.whenComplete((rows, failure) -> tell(paths, failure)) : write);
        if (open.size() >= MOST_OPEN) {
            CompletableFuture.allOf(open.toArray(CompletableFuture<?>[]::new)).join();
            open.clear();
        }
    }

    private void tell(List<RawPath> paths, @Nullable Throwable failure) {
        if (failure == null) {
            bus.publish(new FilesChanged(clock.instant(), root, paths));
        }
    }

    private PendingChange pending(ObservedFile file) {
        FileMeta meta = new FileMeta(
                file.stat(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
        return new PendingChange(
                new FileVersion(root, file.path(), file.observed(), Optional.of(meta), Optional.empty(), false),
                urgent);
    }
}
