package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.expr.Values;
import io.keepwatch.workflow.rule.Step;
import java.util.Map;

/**
 * A step that is to be done now, outside of the engine.
 *
 * @param path of the step within the run
 * @param with the values for the action; they may hold secrets
 * @param values for what else the step evaluates
 */
public record Task(Run run, String path, Step step, int attempt, Map<String, Object> with, Values values) {
    /** The same over retries and restarts, so that whoever receives it twice can tell. */
    public String idempotencyKey() {
        return run.id() + "/" + path;
    }
}
