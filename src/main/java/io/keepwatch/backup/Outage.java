package io.keepwatch.backup;

import io.keepwatch.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Remembers that the store refuses or does not answer, and when to ask again: after an outage with full jitter up to 15
 * seconds, so that work is resumed soon after the store is back; where a person must act, once a minute. Times by a
 * monotonic clock. Thread-safe.
 */
final class Outage {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration PERSON_MUST_ACT = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private Optional<StoreException> problem = Optional.empty();
    private long beganNanos;
    private long askAgainNanos;
    private int failures;

    Outage(LongSupplier nanoTime, RandomGenerator random) {
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /** Takes note of a refusal; true when it begins an outage or turns one into another kind. */
    synchronized boolean failed(StoreException cause) {
        long now = nanoTime.getAsLong();
        boolean news =
                problem.map(known -> known.getClass() != cause.getClass()).orElse(true);
        if (problem.isEmpty()) {
            beganNanos = now;
            failures = 0;
        }
        problem = Optional.of(cause);
        askAgainNanos = now + pause(cause).toNanos();
        failures++;
        return news;
    }

    /** Takes note of a success; how long the outage lasted, if there was one. */
    synchronized Optional<Duration> succeeded() {
        Optional<Duration> lasted = problem.map(known -> Duration.ofNanos(nanoTime.getAsLong() - beganNanos));
        problem = Optional.empty();
        return lasted;
    }

    synchronized Optional<StoreException> problem() {
        return problem;
    }

    /** Whether the store should be left alone for now. */
    synchronized boolean mustWait() {
        return problem.isPresent() && nanoTime.getAsLong() - askAgainNanos < 0;
    }

    /** Asks again at the next chance: somebody said that the cause is gone. */
    synchronized void askNow() {
        askAgainNanos = nanoTime.getAsLong();
    }

    private Duration pause(StoreException cause) {
        if (cause instanceof StoreException.Permanent) {
            return PERSON_MUST_ACT;
        }
        long ceiling = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, 10));
        return Duration.ofMillis(random.nextLong(1, ceiling + 1));
    }
}
