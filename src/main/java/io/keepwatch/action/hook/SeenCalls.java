package io.keepwatch.action.hook;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Calls that were accepted lately; the oldest are forgotten first. What is forgotten here is still known to the store of
 * runs, by the id of the event. For any thread.
 */
final class SeenCalls {
    private static final int MOST = 10_000;
    private static final Duration KEPT = Duration.ofHours(1);

    private final Map<String, Instant> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST;
        }
    };

    synchronized boolean contains(String key, Instant now) {
        Instant at = seen.get(key);
        return at != null && at.plus(KEPT).isAfter(now);
    }

    synchronized void add(String key, Instant now) {
        seen.put(key, now);
    }
}
