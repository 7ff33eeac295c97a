package io.keepwatch.action;

import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.expr.ExpressionException;
import io.keepwatch.workflow.rule.Verb;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code emit}: publishes an event whose id is the idempotency key of the step, so that a second one is the same one. */
final class EmitAction implements Action<Verb.Emit> {
    private final Emissions emissions;

    EmitAction(Emissions emissions) {
        this.emissions = emissions;
    }

    @Override
    public CompletionStage<Outcome> perform(Task task, Verb.Emit verb) throws ExpressionException {
        emissions.emitted(task, verb, verb.data().evaluate(task.values()));
        return CompletableFuture.completedFuture(Outcome.succeeded(Map.of("event", task.idempotencyKey())));
    }
}
