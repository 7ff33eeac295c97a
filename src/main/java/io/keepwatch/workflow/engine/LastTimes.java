package io.keepwatch.workflow.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** When something happened last, by a key of whoever asks; outlives a restart by {@link Changes} and {@link Memory}. For one thread. */
final class LastTimes {
    private static final Duration KEPT = Duration.ofDays(400);

    private final Map<String, Instant> times;
    private final Map<String, Instant> changed = new HashMap<>();

    /** @param times of before */
    LastTimes(Map<String, Instant> times) {
        this.times = new HashMap<>(times);
    }

    Optional<Instant> of(String key) {
        return Optional.ofNullable(times.get(key));
    }

    void set(String key, Instant now) {
        times.values().removeIf(time -> time.plus(KEPT).isBefore(now));
        times.put(key, now);
        changed.put(key, now);
    }

    boolean hasChanged() {
        return !changed.isEmpty();
    }

    /** Those that changed since this was asked last. */
    Map<String, Instant> takeChanged() {
        Map<String, Instant> result = Map.copyOf(changed);
        changed.clear();
        return result;
    }
}
