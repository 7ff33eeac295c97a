package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.engine.StepState.Status;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.rule.Step;
import io.keepwatch.workflow.rule.StepPath;
import io.keepwatch.workflow.rule.Verb;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A run after a crash: steps that ended are believed, a step that was under way is done again when that does no harm, and
 * is uncertain otherwise.
 */
final class Resumption {
    private static final String WHY =
            "Keepwatch stopped while this step was under way, and nobody knows whether it ended";

    private Resumption() {}

    static Run of(Run run, RuleSet rules, Instant now) {
        Run resumed = run;
        for (Map.Entry<String, StepState> step : run.steps().entrySet()) {
            if (step.getValue().status() == Status.RUNNING) {
                Optional<Step> known = StepPath.find(rules, run.rule(), step.getKey());
                if (known.isEmpty() || isContainer(known.get().verb())) {
                    continue;
                }
                resumed = resumed.with(
                        step.getKey(), after(step.getValue(), known.get().verb(), now));
            }
        }
        return resumed;
    }

    private static StepState after(StepState before, Verb verb, Instant now) {
        return verb.isRepeatable()
                ? new StepState(Status.RETRYING, before.attempt() - 1, Optional.of(now), Map.of())
                : StepState.ended(Status.UNCERTAIN, before.attempt(), WHY, Map.of());
    }

    private static boolean isContainer(Verb verb) {
        return verb instanceof Verb.Parallel || verb instanceof Verb.ForEach || verb instanceof Verb.Call;
    }
}
