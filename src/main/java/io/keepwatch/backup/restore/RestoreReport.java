package io.keepwatch.backup.restore;

import io.keepwatch.file.RawPath;
import java.util.List;
import java.util.Optional;

/**
 * What a restore did. Counts are of entries of every type; the lists hold the first {@value #LISTED} of each kind. In a dry
 * run {@code restored} and {@code bytes} are what would be written.
 *
 * @param bytes of file contents that were written
 * @param warnings what could not be set on entries that were restored otherwise
 * @param stopped why the restore ended before all was done; running it again continues
 */
public record RestoreReport(
        long restored,
        long bytes,
        long unchanged,
        long skipped,
        long failed,
        List<Note> skippedNotes,
        List<Note> failedNotes,
        List<String> warnings,
        Optional<String> stopped) {
    static final int LISTED = 10_000;

    public RestoreReport {
        skippedNotes = List.copyOf(skippedNotes);
        failedNotes = List.copyOf(failedNotes);
        warnings = List.copyOf(warnings);
    }

    /** Whether everything that was selected is there now. */
    public boolean isComplete() {
        return skipped == 0 && failed == 0 && stopped.isEmpty();
    }

    /** Why one entry was not restored. */
    public record Note(String root, RawPath path, String reason) {}
}
