package io.keepwatch.workflow.rule;

/**
 * What happens to a run when another one of the same rule and key is under way.
 *
 * @param limit how many may be under way at once
 * @param queue how many may wait; when one more comes, the oldest that waits is dropped
 * @param replaceRunning whether a new run stops the one under way
 */
public record Concurrency(Policy policy, int limit, int queue, boolean replaceRunning) {
    public static final Concurrency DEFAULT = new Concurrency(Policy.QUEUE, 1, 100, false);

    /** How a further run is treated. */
    public enum Policy {
        /** It waits. */
        QUEUE,
        /** It does not take place. */
        SKIP,
        /** It takes the place of the one that waits. */
        REPLACE,
        /** It runs beside the others. */
        PARALLEL
    }
}
