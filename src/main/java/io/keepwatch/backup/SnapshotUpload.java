package io.keepwatch.backup;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.State;
import io.keepwatch.file.FileVersion;
import io.keepwatch.layout.FlushLimit;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/**
 * Stores what paths are in a snapshot, as many at a time as one flush takes. Their paths are held meanwhile ({@link
 * Uploader#hold}). One thread; blocks.
 */
public final class SnapshotUpload {
    private static final int ATTEMPTS = 3;
    /** SQLite's files may have changed right before the snapshot; by then they have rested for long enough to be copied. */
    private static final int PAUSE_MILLIS = 200;

    private final Catalog catalog;
    private final Uploader uploader;
    private final UploadPlanner snapshot;
    private final FlushLimit limit;
    private final Map<WatchedRoots.Located, FileVersion> waiting = new LinkedHashMap<>();
    private long waitingBytes;
    private long stored;

    /** @param snapshot looks at files in the snapshot, and says that it does so at the snapshot's time */
    public SnapshotUpload(Catalog catalog, Uploader uploader, UploadPlanner snapshot, FlushLimit limit) {
        this.catalog = catalog;
        this.uploader = uploader;
        this.snapshot = snapshot;
        this.limit = limit;
    }

    /**
     * Takes a path that differs in the snapshot from what is stored; a deletion where it is not there. A later one of the same
     * path takes its place. Throws as {@link #finish} does.
     */
    public void add(FileVersion version) throws IOException {
        waiting.put(new WatchedRoots.Located(version.root(), version.path()), version);
        waitingBytes += version.meta().map(meta -> meta.stat().sizeBytes()).orElse(0L);
        if (waiting.size() >= limit.versions() || waitingBytes >= limit.bytes()) {
            finish();
        }
    }

    /** Returns when everything that was added is durable; throws where something could not be stored, and says why. */
    public void finish() throws IOException {
        List<FileVersion> versions = List.copyOf(waiting.values());
        waiting.clear();
        waitingBytes = 0;
        for (int attempt = 0; !versions.isEmpty(); attempt++) {
            FlushReport report = store(versions, attempt);
            stored += report.stored();
            if (report.notStored() == 0) {
                return;
            }
            if (attempt + 1 == ATTEMPTS) {
                throw new IOException(report.notStored() + " of " + versions.size()
                        + " files could not be stored as they are in the snapshot: "
                        + report.problem().orElse("the store takes nothing at present"));
            }
            pause();
        }
    }

    /** Versions that are durable now. */
    public long stored() {
        return stored;
    }

    /** Where some of them are stored already, the planner finds those unchanged. */
    private FlushReport store(List<FileVersion> versions, int attempt) throws IOException {
        long id = await(catalog.reserveIds(versions.size()));
        List<CatalogVersion> rows = new ArrayList<>(versions.size());
        for (FileVersion version : versions) {
            rows.add(new CatalogVersion(
                    id++, version, State.PENDING, Optional.empty(), Optional.empty(), version.observed(), attempt));
        }
        return await(uploader.store(rows, snapshot));
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws IOException {
        try {
            return stage.toCompletableFuture().get();
        } catch (InterruptedException e) {
            throw stopped(e);
        } catch (ExecutionException e) {
            Throwable cause = StoreAccess.cause(e.getCause() == null ? e : e.getCause());
            throw new IOException("the snapshot could not be stored: " + cause.getMessage(), cause);
        }
    }

    private static IOException stopped(InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException stopped = new InterruptedIOException("Keepwatch stops");
        stopped.initCause(cause);
        return stopped;
    }
}
