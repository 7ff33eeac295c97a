package io.keepwatch.workflow.engine;

import java.util.concurrent.CompletionStage;

/** Does what steps ask for. */
public interface Performer {
    /**
     * Begins a task and returns at once. The stage never fails: what went wrong is in the outcome. It may complete on any
     * thread.
     */
    CompletionStage<Outcome> perform(Task task);

    /** Ends what a run does now, where that can be stopped. Each task has its outcome once it has ended. */
    void stop(String runId);
}
