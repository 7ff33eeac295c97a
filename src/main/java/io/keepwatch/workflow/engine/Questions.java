package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.engine.StepState.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The steps of a run that wait for a person. */
final class Questions {
    private Questions() {}

    /** The path of the step with this id or path that waits for an answer. */
    static Optional<String> waitingFor(Run run, String step) {
        return run.steps().entrySet().stream()
                .filter(state -> isQuestion(state.getValue())
                        && (state.getKey().equals(step) || state.getKey().endsWith("/" + step)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** By their paths, those that were not asked before. */
    static Map<String, StepState> asked(Run before, Run after) {
        Map<String, StepState> asked = new LinkedHashMap<>(after.steps());
        asked.keySet().removeAll(before.steps().keySet());
        asked.values().removeIf(state -> !isQuestion(state));
        return asked;
    }

    private static boolean isQuestion(StepState state) {
        return state.status() == Status.WAITING && state.result().containsKey("question");
    }
}
