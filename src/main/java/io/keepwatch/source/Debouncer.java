package io.keepwatch.source;

import io.keepwatch.event.FileChanged;
import io.keepwatch.event.FilesSettled;
import io.keepwatch.event.TreeChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Holds changes back until their path was quiet for a while, so that one write becomes one version and a burst one
 * flush. No change is lost: each path is settled, or lies beneath a directory that is, within {@code maxDelay} of its
 * first change. Nearly due paths come along with due ones, so that a burst does not trickle. Pure: the caller brings the
 * time, monotonic, in nanoseconds. Not thread-safe.
 */
public final class Debouncer {
    /** Paths held at most, of all roots together; about 30 MB. */
    public static final int DEFAULT_CAPACITY = 100_000;

    private final long quietNanos;
    private final long maxDelayNanos;
    private final int capacity;
    private final Map<String, DirtyPaths> roots = new HashMap<>();
    private long soonestNanos;

    public Debouncer(Duration quiet, Duration maxDelay, int capacity) {
        this.quietNanos = quiet.toNanos();
        this.maxDelayNanos = maxDelay.toNanos();
        this.capacity = capacity;
        if (maxDelay.compareTo(quiet) < 0) {
            throw new IllegalArgumentException(
                    "max_delay " + maxDelay + " is shorter than the quiet time " + quiet + "; make it longer");
        }
    }

    /** One second of quiet, at most ten seconds of delay. */
    public static Debouncer ofDefaults() {
        return new Debouncer(Duration.ofSeconds(1), Duration.ofSeconds(10), DEFAULT_CAPACITY);
    }

    public void changed(long nowNanos, FileChanged event) {
        wake(nowNanos);
        dirty(event.root()).addFile(nowNanos, event.path());
        keepWithinCapacity();
    }

    /** The whole directory is dirty: changes beneath it need no place of their own. */
    public void changed(long nowNanos, TreeChanged event) {
        wake(nowNanos);
        dirty(event.root()).addTree(nowNanos, event.directory(), event.reason());
        keepWithinCapacity();
    }

    private DirtyPaths dirty(String root) {
        return roots.computeIfAbsent(
                root,
                name -> new DirtyPaths(name, quietNanos, maxDelayNanos, Math.max(1, Math.min(100, capacity / 10))));
    }

    private void wake(long nowNanos) {
        long due = nowNanos + quietNanos;
        if (roots.isEmpty() || due - soonestNanos < 0) {
            soonestNanos = due;
        }
    }

    private void keepWithinCapacity() {
        int size = 0;
        for (DirtyPaths paths : roots.values()) {
            size += paths.size();
        }
        if (size > capacity) {
            roots.values().stream()
                    .max(Comparator.comparingInt(DirtyPaths::size))
                    .ifPresent(DirtyPaths::collapse);
        }
    }

    /**
     * Takes out what is due. Empty most of the time; otherwise at most one event of files for each root.
     *
     * @param at the wall clock, for the events
     */
    public Settled due(long nowNanos, Instant at) {
        List<TreeChanged> trees = new ArrayList<>();
        List<FilesSettled> files = new ArrayList<>();
        if (!roots.isEmpty() && soonestNanos - nowNanos <= 0) {
            roots.values().forEach(paths -> paths.takeDue(nowNanos, at, trees, files));
            roots.values().removeIf(paths -> paths.size() == 0);
            roots.values().stream()
                    .mapToLong(paths -> paths.soonestNanos() - nowNanos)
                    .min()
                    .ifPresent(delay -> soonestNanos = nowNanos + delay);
        }
        return new Settled(trees, files);
    }

    /** When to call {@link #due} next, not later than something is due; empty when nothing waits. */
    public OptionalLong nextDueNanos() {
        return roots.isEmpty() ? OptionalLong.empty() : OptionalLong.of(soonestNanos);
    }
}
