package io.keepwatch.source;

/** Follows a comparison and may end it. Called after each directory by any worker: cheap, and never blocking. */
public interface ReconcileProgress {
    /** For comparisons that nobody watches. */
    ReconcileProgress SILENT = (directories, files, changes) -> {};

    void progressed(long directories, long files, long changes);

    /** Whether to stop; what was found until then has been told. */
    default boolean isCancelled() {
        return false;
    }
}
