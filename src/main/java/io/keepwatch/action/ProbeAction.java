package io.keepwatch.action;

import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.rule.Verb;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code probe}: measures the subject of the event, or another one, again. */
final class ProbeAction implements Action<Verb.Probe> {
    private final Measurements measurements;

    ProbeAction(Measurements measurements) {
        this.measurements = measurements;
    }

    @Override
    public CompletionStage<Outcome> perform(Task task, Verb.Probe verb) {
        String subject = StepValues.text(task, "subject")
                .orElseGet(() -> task.run().event().subject());
        return measurements
                .measure(verb.type(), subject)
                .thenApply(answer -> Outcome.succeeded(Map.of("subject", answer.subject(), "data", answer.data())));
    }
}
