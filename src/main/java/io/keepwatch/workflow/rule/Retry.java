package io.keepwatch.workflow.rule;

import io.keepwatch.unit.Ratio;
import java.time.Duration;

/**
 * How a step that failed is tried again.
 *
 * @param attempts in all
 * @param jitter by which share the delay may vary, so that many do not try at once
 */
public record Retry(int attempts, boolean exponential, Duration delay, Duration maxDelay, Ratio jitter) {
    public static final Retry NEVER = new Retry(1, false, Duration.ZERO, Duration.ZERO, new Ratio(0));

    /** How long to wait after this many attempts; the chance is from 0 to 1. */
    public Duration delayAfter(int attempt, double chance) {
        double factor = exponential ? Math.pow(2, Math.min(40, attempt - 1)) : 1;
        double plain = Math.min((double) maxDelay.toMillis(), delay.toMillis() * factor);
        return Duration.ofMillis(Math.round(plain * (1 + jitter.value() * (2 * chance - 1))));
    }
}
