package io.keepwatch.action;

import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.rule.Verb;
import java.util.Map;

/** Takes the events that steps publish. */
public interface Emissions {
    /**
     * Hands the event to whoever owns the engine, which makes it with {@link io.keepwatch.workflow.engine.Engine#emitted}
     * and accepts it before it is told that the task has completed. Any thread.
     */
    void emitted(Task task, Verb.Emit emit, Map<String, Object> data);
}
