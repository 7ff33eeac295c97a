package io.keepwatch.backup;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a single file that could not be stored waits: half a second, doubled each time up to ten minutes, jittered. */
final class RetryDelay {
    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

    private final RandomGenerator random;

    RetryDelay(RandomGenerator random) {
        this.random = random;
    }

    /** @param attempts how often it was tried before */
    Duration after(int attempts) {
        long full = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempts, 20));
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
