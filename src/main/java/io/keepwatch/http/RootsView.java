package io.keepwatch.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The roots of {@code /api/v1/roots}. Blocks; called on a worker. */
public interface RootsView {
    /** Sorted by name. */
    Roots roots();

    record Roots(List<Root> items) {
        public Roots {
            items = List.copyOf(items);
        }
    }

    /**
     * @param configured false where only the backup still knows it; then it has no path and no watch
     * @param watch as in {@link Status.Root}
     */
    record Root(
            String name,
            boolean configured,
            Optional<String> path,
            Optional<String> watch,
            Optional<String> problem,
            Optional<String> remedy,
            long files,
            long bytes,
            Optional<Instant> lastDurable,
            Optional<Instant> lastReconcile) {}
}
