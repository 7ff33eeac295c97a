package io.keepwatch.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rules told of something: that a run has ended, that a rule has a fault, or what a step emitted.
 *
 * @param type as rules call it, such as {@code run.finished}
 * @param data texts, numbers, truth values, lists and maps of these
 */
public record RuleRaised(Instant at, String id, String type, String subject, Map<String, Object> data)
        implements Event {
    public RuleRaised {
        data = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }
}
