package io.keepwatch.daemon;

import io.keepwatch.event.Event;
import io.keepwatch.event.ReconcileCompleted;
import io.keepwatch.event.ReconcileProgressed;
import io.keepwatch.event.RootAppeared;
import io.keepwatch.event.RootMissing;
import io.keepwatch.event.WatchDegraded;
import io.keepwatch.event.WatchRestored;
import io.keepwatch.http.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What was last heard of each root's watch and reconcile. Any thread. */
final class RootBoard {
    /** Not compared since the daemon started, or since the root came back. */
    static final String STARTING = "starting";

    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /** Begins with what the catalog remembers of the last run. */
    RootBoard(List<RootIntake> roots) {
        roots.forEach(root ->
                root.lastReconcile().ifPresent(at -> lines.put(root.options().name(), Line.NEW.reconciledBefore(at))));
    }

    /** What is known of one root. */
    record Line(
            String watch,
            Optional<String> problem,
            Optional<String> remedy,
            Optional<Instant> lastReconcile,
            Optional<Status.Reconcile> reconcile) {
        static final Line NEW =
                new Line(STARTING, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        Line watching(String state, Optional<String> why, Optional<String> cure) {
            return new Line(state, why, cure, lastReconcile, reconcile);
        }

        Line reconciling(Status.Reconcile progress) {
            return new Line(watch, problem, remedy, lastReconcile, Optional.of(progress));
        }

        Line reconciledBefore(Instant at) {
            return new Line(watch, problem, remedy, Optional.of(at), Optional.empty());
        }

        Line reconciled(Instant at) {
            String known = watch.equals(STARTING) ? "complete" : watch;
            return new Line(known, problem, remedy, Optional.of(at), Optional.empty());
        }
    }

    Line of(String root) {
        return lines.getOrDefault(root, Line.NEW);
    }

    void take(Event event) {
        if (event instanceof RootMissing missing) {
            String problem = "\"" + missing.path() + "\" is not there; what is stored of it stays";
            change(missing.root(), "missing", Optional.of(problem), Optional.of("mount or create it"));
        } else if (event instanceof RootAppeared appeared) {
            change(appeared.root(), STARTING, Optional.empty(), Optional.empty());
        } else if (event instanceof WatchDegraded degraded) {
            change(degraded.root(), "polling", Optional.of(degraded.problem()), Optional.of(degraded.remedy()));
        } else if (event instanceof WatchRestored restored) {
            change(restored.root(), "complete", Optional.empty(), Optional.empty());
        } else if (event instanceof ReconcileProgressed progress) {
            Status.Reconcile now = new Status.Reconcile(progress.directories(), progress.files(), progress.changes());
            lines.compute(progress.root(), (root, line) -> orStarting(line).reconciling(now));
        } else if (event instanceof ReconcileCompleted completed
                && completed.directory().isRoot()) {
            lines.compute(completed.root(), (root, line) -> orStarting(line).reconciled(completed.at()));
        }
    }

    private void change(String root, String watch, Optional<String> problem, Optional<String> remedy) {
        lines.compute(root, (name, line) -> orStarting(line).watching(watch, problem, remedy));
    }

    private static Line orStarting(@org.jspecify.annotations.Nullable Line line) {
        return line == null ? Line.NEW : line;
    }
}
