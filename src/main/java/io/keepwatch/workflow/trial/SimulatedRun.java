package io.keepwatch.workflow.trial;

import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run that there would have been.
 *
 * @param resolve whether it is for a state that is over
 * @param status where it stood at the end of the simulation
 * @param problem why it did not succeed; empty otherwise
 */
public record SimulatedRun(
        Instant at,
        String rule,
        String key,
        RuleEvent event,
        boolean resolve,
        Run.Status status,
        String problem,
        List<Step> steps) {
    public SimulatedRun {
        steps = List.copyOf(steps);
    }

    /**
     * A step of it.
     *
     * @param path within the run
     * @param at when it was to be done; empty where the engine did it by itself, or left it out
     * @param verb empty where the rules have no such step any more
     * @param action what it would have done, such as a command; empty where nothing was to be done outside
     */
    public record Step(String path, String verb, String status, Optional<Instant> at, String action) {}

    /** Whether it is for the same reason as a run of other rules: the same rule, key and time. */
    boolean isTwin(SimulatedRun other) {
        return rule.equals(other.rule) && key.equals(other.key) && at.equals(other.at) && resolve == other.resolve;
    }
}
