package io.keepwatch.backup.restore;

import io.keepwatch.backup.restore.RestoreReport.Note;
import io.keepwatch.file.RawPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Counts what happens to entries and tells how far the restore is. Any thread; listeners are called one at a time. */
final class Tally {
    private final Consumer<RestoreProgress> listener;
    private final long totalEntries;
    private final long totalBytes;
    private final BooleanSupplier cancelled;
    private final List<Note> skippedNotes = new ArrayList<>();
    private final List<Note> failedNotes = new ArrayList<>();
    private long restored;
    private long unchanged;
    private long skipped;
    private long failed;
    private long writtenBytes;
    private long doneBytes;
    private Optional<String> stopped = Optional.empty();

    Tally(Consumer<RestoreProgress> listener, long totalEntries, long totalBytes, BooleanSupplier cancelled) {
        this.listener = listener;
        this.totalEntries = totalEntries;
        this.totalBytes = totalBytes;
        this.cancelled = cancelled;
    }

    synchronized void restored(long contentBytes) {
        restored++;
        writtenBytes += contentBytes;
        tell(contentBytes);
    }

    synchronized void unchanged(long contentBytes) {
        unchanged++;
        tell(contentBytes);
    }

    synchronized void skipped(String root, RawPath path, String reason) {
        skipped++;
        note(skippedNotes, new Note(root, path, reason));
        tell(0);
    }

    synchronized void failed(String root, RawPath path, String reason) {
        failed++;
        note(failedNotes, new Note(root, path, reason));
        tell(0);
    }

    /** The first reason counts. */
    synchronized void stop(String reason) {
        if (stopped.isEmpty()) {
            stopped = Optional.of(reason);
        }
    }

    synchronized boolean isStopped() {
        if (stopped.isEmpty() && cancelled.getAsBoolean()) {
            stop("it was cancelled. What is there is whole; run the restore again to continue");
        }
        return stopped.isPresent();
    }

    synchronized long bytesLeft() {
        return Math.max(0, totalBytes - doneBytes);
    }

    synchronized RestoreReport report(List<String> warnings) {
        return new RestoreReport(
                restored, writtenBytes, unchanged, skipped, failed, skippedNotes, failedNotes, warnings, stopped);
    }

    private static void note(List<Note> notes, Note note) {
        if (notes.size() < RestoreReport.LISTED) {
            notes.add(note);
        }
    }

    private void tell(long contentBytes) {
        doneBytes += contentBytes;
        listener.accept(
                new RestoreProgress(restored + unchanged + skipped + failed, doneBytes, totalEntries, totalBytes));
    }
}
