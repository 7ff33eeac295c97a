package io.keepwatch.action;

import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.expr.ExpressionException;
import io.keepwatch.workflow.rule.Verb;
import java.util.concurrent.CompletionStage;

/** Does what one verb asks for. */
interface Action<V extends Verb> {
    /** Any thread; returns at once. A stage that fails means a step that failed. */
    CompletionStage<Outcome> perform(Task task, V verb) throws ExpressionException;
}
