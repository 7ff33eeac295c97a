package io.keepwatch.workflow.state;

import io.keepwatch.workflow.engine.Changes;
import io.keepwatch.workflow.engine.Changes.StateKey;
import io.keepwatch.workflow.engine.KeyState;
import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.rule.Revision;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What is to be made durable together: several {@link Changes}, of which only the last word on each thing counts. */
final class Decided {
    private final Map<String, RunAt> runs = new LinkedHashMap<>();
    private final Map<StateKey, KeyState> states = new LinkedHashMap<>();
    private final Set<String> forgotten = new HashSet<>();
    private final Map<String, Instant> lastTimes = new LinkedHashMap<>();

    /** A run as it was at a time, and the rules that were in force when it was seen first. */
    record RunAt(Run run, Instant at, Revision revision) {}

    /** Changes that came after all that was added before. */
    void add(Changes changes, Revision revision, Instant at) {
        if (!changes.forgotten().isEmpty()) {
            states.keySet().removeIf(state -> changes.forgotten().contains(state.rule()));
            forgotten.addAll(changes.forgotten());
        }
        states.putAll(changes.states());
        lastTimes.putAll(changes.lastTimes());
        changes.runs()
                .forEach(run -> runs.merge(
                        run.id(),
                        new RunAt(run, at, revision),
                        (before, after) -> new RunAt(after.run(), after.at(), before.revision())));
    }

    boolean isNothing() {
        return runs.isEmpty() && states.isEmpty() && forgotten.isEmpty() && lastTimes.isEmpty();
    }

    Map<String, RunAt> runs() {
        return runs;
    }

    Map<StateKey, KeyState> states() {
        return states;
    }

    Set<String> forgotten() {
        return forgotten;
    }

    Map<String, Instant> lastTimes() {
        return lastTimes;
    }
}
