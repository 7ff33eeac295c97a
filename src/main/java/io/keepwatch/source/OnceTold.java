package io.keepwatch.source;

import io.keepwatch.file.RawPath;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers which problems were told already, so that each comparison does not repeat them. Bounded; thread-safe. */
final class OnceTold {
    private static final int CAPACITY = 10_000;

    private final Map<RawPath, String> told = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RawPath, String> eldest) {
            return size() > CAPACITY;
        }
    };

    /** Whether this reason is new for the path. */
    synchronized boolean first(RawPath path, String reason) {
        return !reason.equals(told.put(path, reason));
    }
}
