package io.keepwatch.workflow.rule;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One rule: when something happens, do these steps.
 *
 * @param place file and line, for people
 * @param on empty for a rule that others call
 * @param onHash tells whether the trigger of two revisions is the same, so that its state can be kept
 * @param lastly steps that run at the end of every run, whatever became of it
 * @param onResolve steps that run when a state that fired is over
 * @param inhibits rules whose notifications are withheld while this one fires
 */
public record Rule(
        String name,
        String place,
        String description,
        Optional<Trigger> on,
        String onHash,
        Mode mode,
        Concurrency concurrency,
        List<Step> steps,
        List<Step> onFailure,
        List<Step> lastly,
        List<Step> onResolve,
        Limit maxRuns,
        List<String> inhibits) {
    public Rule {
        steps = List.copyOf(steps);
        onFailure = List.copyOf(onFailure);
        lastly = List.copyOf(lastly);
        onResolve = List.copyOf(onResolve);
        inhibits = List.copyOf(inhibits);
    }

    /** Whether a rule acts. */
    public enum Mode {
        ON,
        /** Evaluated and recorded, but nothing is done. */
        SHADOW,
        OFF
    }

    /** The same rule in another mode. */
    public Rule in(Mode other) {
        return new Rule(
                name,
                place,
                description,
                on,
                onHash,
                other,
                concurrency,
                steps,
                onFailure,
                lastly,
                onResolve,
                maxRuns,
                inhibits);
    }

    /** Every step, those within others included. */
    public Stream<Step> allSteps() {
        return Stream.of(steps, onFailure, lastly, onResolve)
                .flatMap(List::stream)
                .flatMap(Step::withNested);
    }
}
