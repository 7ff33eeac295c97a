package io.keepwatch.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Restores that were started over HTTP. Blocks shortly; called on a worker. */
public interface RestoresView {
    /** The newest first. */
    Restores restores();

    /** Throws {@link RefusedException} where the target is not allowed, or too many wait already. */
    Restore start(Order order, String by);

    Optional<Restore> find(String id);

    /** Ends it soon; what has ended already stays as it is. */
    Optional<Restore> cancel(String id);

    /** @param allowedTargets the folders that restores may write into */
    record Restores(List<Restore> items, List<String> allowedTargets) {
        public Restores {
            items = List.copyOf(items);
            allowedTargets = List.copyOf(allowedTargets);
        }
    }

    /**
     * What to restore.
     *
     * @param overwrite {@code never}, {@code older} or {@code always}
     * @param owners {@code numbers} or {@code names}
     */
    record Order(
            List<String> patterns, Optional<Instant> at, String to, String overwrite, String owners, boolean dryRun) {
        public Order {
            patterns = List.copyOf(patterns);
        }
    }

    /**
     * @param state {@code waiting}, {@code running}, {@code succeeded}, {@code incomplete}, {@code failed} or {@code
     *     cancelled}
     * @param by who asked for it
     */
    record Restore(
            String id,
            String state,
            Order request,
            String by,
            Instant created,
            Optional<Instant> ended,
            Progress progress,
            Optional<Report> report,
            Optional<String> problem) {}

    /** What is done, of how much. */
    record Progress(long entries, long bytes, long totalEntries, long totalBytes) {}

    /** @param notes the first entries that were kept or failed */
    record Report(
            long restored,
            long bytes,
            long unchanged,
            long skipped,
            long failed,
            List<Note> notes,
            List<String> warnings) {
        public Report {
            notes = List.copyOf(notes);
            warnings = List.copyOf(warnings);
        }
    }

    /** @param failed false where what is there was kept */
    record Note(String root, String path, boolean failed, String reason) {}
}
