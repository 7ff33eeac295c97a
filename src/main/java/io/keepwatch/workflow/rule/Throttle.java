package io.keepwatch.workflow.rule;

import io.keepwatch.workflow.expr.Expression;
import java.time.Duration;
import java.util.Optional;

/**
 * Fewer runs than events.
 *
 * @param after whether the run comes at the end of the time, for the last event in it; else at the beginning, for the first
 * @param by the key of the quiet time alone; empty for the one of the trigger
 */
public record Throttle(Duration within, boolean after, Optional<Expression> by) {}
