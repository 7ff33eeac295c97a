package io.keepwatch.action.send;

import io.keepwatch.workflow.state.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a message is tried again: after 5 s, then twice as long each time up to an hour, for 24 hours in all. */
final class RetryTimes {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration IN_ALL = Duration.ofHours(24);
    private static final double JITTER = 0.2;

    private RetryTimes() {}

    /**
     * Empty when the time is over.
     *
     * @param notBefore what the target asked for
     * @param chance from 0 to 1, so that many messages do not come at once
     */
    static Optional<Instant> next(Delivery delivery, Optional<Duration> notBefore, Instant now, double chance) {
        double plain =
                Math.min((double) LONGEST.toMillis(), (double) FIRST.toMillis() * Math.pow(2, delivery.attempts()));
        Duration delay = Duration.ofMillis(Math.round(plain * (1 - JITTER + 2 * JITTER * chance)));
        Duration asked = notBefore.filter(wanted -> wanted.compareTo(delay) > 0).orElse(delay);
        Instant next = now.plus(asked);
        return next.isAfter(delivery.created().plus(IN_ALL)) ? Optional.empty() : Optional.of(next);
    }
}
