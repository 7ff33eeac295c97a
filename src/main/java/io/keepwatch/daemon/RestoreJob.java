package io.keepwatch.daemon;

import io.keepwatch.backup.restore.RestoreProgress;
import io.keepwatch.backup.restore.RestoreReport;
import io.keepwatch.http.RestoresView.Note;
import io.keepwatch.http.RestoresView.Order;
import io.keepwatch.http.RestoresView.Progress;
import io.keepwatch.http.RestoresView.Report;
import io.keepwatch.http.RestoresView.Restore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How far one restore is. Any thread. */
final class RestoreJob {
    private static final int NOTES = 100;

    private final Restore begun;
    private volatile boolean cancelled;
    private Restore now;

    RestoreJob(String id, Order order, String by, Instant created) {
        this.begun = new Restore(
                id,
                "waiting",
                order,
                by,
                created,
                Optional.empty(),
                new Progress(0, 0, 0, 0),
                Optional.empty(),
                Optional.empty());
        this.now = begun;
    }

    String id() {
        return begun.id();
    }

    synchronized Restore view() {
        return now;
    }

    synchronized boolean hasEnded() {
        return now.ended().isPresent();
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** One that waits ends at once, one that runs with its next file. */
    synchronized void cancel(Instant at) {
        cancelled = true;
        if (now.state().equals("waiting")) {
            set("cancelled", Optional.of(at), Optional.empty(), Optional.of("it was cancelled before it began"));
        }
    }

    /** False where it was cancelled while it waited. */
    synchronized boolean begin() {
        if (cancelled) {
            return false;
        }
        set("running", Optional.empty(), Optional.empty(), Optional.empty());
        return true;
    }

    synchronized void progress(RestoreProgress done) {
        Progress progress = new Progress(done.entries(), done.bytes(), done.totalEntries(), done.totalBytes());
        now = new Restore(
                now.id(),
                now.state(),
                now.request(),
                now.by(),
                now.created(),
                now.ended(),
                progress,
                now.report(),
                now.problem());
    }

    synchronized void ended(RestoreReport report, Instant at) {
        String state = report.isComplete()
                ? "succeeded"
                : report.stopped().isPresent() && cancelled ? "cancelled" : "incomplete";
        set(state, Optional.of(at), Optional.of(report(report)), report.stopped());
    }

    synchronized void failed(String problem, Instant at) {
        set("failed", Optional.of(at), Optional.empty(), Optional.of(problem));
    }

    private void set(String state, Optional<Instant> ended, Optional<Report> report, Optional<String> problem) {
        now = new Restore(
                begun.id(),
                state,
                begun.request(),
                begun.by(),
                begun.created(),
                ended,
                now.progress(),
                report,
                problem);
    }

    private static Report report(RestoreReport report) {
        return new Report(
                report.restored(),
                report.bytes(),
                report.unchanged(),
                report.skipped(),
                report.failed(),
                Stream.concat(notes(report.failedNotes(), true), notes(report.skippedNotes(), false))
                        .limit(NOTES)
                        .toList(),
                report.warnings());
    }

    private static Stream<Note> notes(List<RestoreReport.Note> notes, boolean failed) {
        return notes.stream()
                .limit(NOTES)
                .map(note -> new Note(note.root(), note.path().toString(), failed, note.reason()));
    }
}
