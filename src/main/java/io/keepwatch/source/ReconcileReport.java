package io.keepwatch.source;

import io.keepwatch.event.FileSkipped;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.StatReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Hands on what the workers of one run find, one at a time and in batches, and counts it. */
final class ReconcileReport {
    static final int BATCH = 500;

    final AtomicLong directories = new AtomicLong();
    final AtomicLong files = new AtomicLong();
    final AtomicLong changes = new AtomicLong();
    final AtomicLong problems = new AtomicLong();

    private final String rootName;
    private final Path root;
    private final ReconcileSink sink;
    private final OnceTold told;
    private final InstantSource clock;
    private final List<ObservedFile> waiting = new ArrayList<>();

    /** The sink is its own lock: several runs may share it. */
    ReconcileReport(String rootName, Path root, ReconcileSink sink, OnceTold told, InstantSource clock) {
        this.rootName = rootName;
        this.root = root;
        this.sink = sink;
        this.told = told;
        this.clock = clock;
    }

    void changed(List<ObservedFile> found) {
        synchronized (sink) {
            changes.addAndGet(found.size());
            waiting.addAll(found);
            if (waiting.size() >= BATCH) {
                flush();
            }
        }
    }

    void flush() {
        synchronized (sink) {
            if (!waiting.isEmpty()) {
                List<ObservedFile> batch = List.copyOf(waiting);
                waiting.clear();
                sink.changed(batch);
            }
        }
    }

    /**
     * Looks once more, so that a path that came back is not told to be gone after its return was told, and so that a
     * file system that was unmounted meanwhile is not taken for deletions.
     */
    void gone(RawPath path, boolean wasDirectory, DirectoryVisit parent) {
        synchronized (sink) {
            if (isAbsent(path) && isStill(parent)) {
                changes.incrementAndGet();
                sink.gone(path, wasDirectory);
            }
        }
    }

    /** Something of another kind stands where this was. */
    void replaced(RawPath path, boolean wasDirectory) {
        synchronized (sink) {
            changes.incrementAndGet();
            sink.gone(path, wasDirectory);
        }
    }

    void skipped(RawPath path, String reason) {
        if (told.first(path, reason)) {
            synchronized (sink) {
                sink.skipped(new FileSkipped(clock.instant(), rootName, path, reason));
            }
        }
    }

    /** A path that could not be compared; told once, counted each time. */
    void problem(RawPath path, String reason) {
        problems.incrementAndGet();
        skipped(path, reason);
    }

    /** Whether the path still leads to the same directory. */
    boolean isStill(DirectoryVisit directory) {
        try {
            return RootState.sameFile(StatReader.lstat(directory.path().under(root)), directory.stat());
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isAbsent(RawPath path) {
        try {
            StatReader.lstat(path.under(root));
            return false;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
