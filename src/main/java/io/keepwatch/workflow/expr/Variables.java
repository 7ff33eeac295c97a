package io.keepwatch.workflow.expr;

/** Variables that expressions use through functions only, and that whoever evaluates must give. */
public final class Variables {
    /** Whether every step so far succeeded; behind {@code success()} and {@code failure()}. */
    public static final String SUCCESS = "@success";

    /** Whether there is a {@code previous} event; behind {@code delta()}. */
    public static final String HAS_PREVIOUS = "@has_previous";

    private Variables() {}
}
