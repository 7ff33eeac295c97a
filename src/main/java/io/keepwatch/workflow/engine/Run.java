package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One execution of a rule.
 *
 * @param resolve whether it runs the steps for a state that is over
 * @param revision the hash of the rules it began with
 * @param steps by their paths: the id, within other steps behind theirs, such as {@code fan/2/check}
 * @param problem why it did not succeed; empty otherwise
 */
public record Run(
        String id,
        String rule,
        String key,
        RuleEvent event,
        Optional<RuleEvent> previous,
        boolean resolve,
        String revision,
        Instant created,
        Status status,
        Map<String, StepState> steps,
        String problem) {
    public Run {
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }

    /** Why a run gave way. */
    static final String REPLACED = "a newer run took its place";

    /** How far a run is. */
    public enum Status {
        /** It waits for another run of the same key. */
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        UNCERTAIN,
        /** A newer run took its place, or there were too many. */
        CANCELLED,
        /** It was only recorded. */
        SHADOW;

        public boolean isEnd() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /** Whether it is under way for its last steps only, as a newer run waits for its end. */
    boolean isReplaced() {
        return status == Status.RUNNING && problem.equals(REPLACED);
    }

    Run begun() {
        return isReplaced() ? this : in(Status.RUNNING, "");
    }

    Run with(String path, StepState state) {
        Map<String, StepState> more = new LinkedHashMap<>(steps);
        more.put(path, state);
        return new Run(id, rule, key, event, previous, resolve, revision, created, status, more, problem);
    }

    Run in(Status next, String why) {
        return new Run(id, rule, key, event, previous, resolve, revision, created, next, steps, why);
    }
}
