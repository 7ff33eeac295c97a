package io.keepwatch.source;

/** How a comparison ended. */
public sealed interface ReconcileOutcome {
    /**
     * Everything was compared but {@code problems} paths, of which the sink was told.
     *
     * @param rootDevice the device of the root, to be passed in next time
     */
    record Completed(long directories, long files, long changes, long problems, long rootDevice)
            implements ReconcileOutcome {}

    /** It was told to stop; what it found until then stands. */
    record Cancelled(long directories, long files, long changes) implements ReconcileOutcome {}

    /** The root cannot be compared, so nothing was told to be gone. {@code unmounted}: an empty mount point. */
    record RootAbsent(boolean unmounted, String reason) implements ReconcileOutcome {}
}
