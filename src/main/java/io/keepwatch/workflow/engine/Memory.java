package io.keepwatch.workflow.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is known from before a start.
 *
 * @param states by rule, then by key; only of triggers that are still the same
 * @param open runs that did not end, in the order they were accepted
 */
public record Memory(
        Map<String, Map<String, KeyState>> states,
        List<Run> open,
        Map<String, Instant> lastTimes,
        List<Silence> silences) {
    public static final Memory NOTHING = new Memory(Map.of(), List.of(), Map.of(), List.of());
}
