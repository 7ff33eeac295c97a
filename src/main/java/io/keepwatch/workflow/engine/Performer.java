package io.keepwatch.workflow.engine;

import java.util.concurrent.CompletionStage;

/** Does what steps ask for. */
public interface Performer {
    /**
     * Begins a task and returns at once. The stage never fails: what went wrong is in the outcome. It may complete on any
     * thread.
     */
    CompletionStage<Outcome> perform(Task task);

    /** Ends the commands of a run that are under way now. Each has its outcome once it has ended. */
    void stop(String runId);
}
