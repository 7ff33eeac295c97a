package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the engine decided. Whoever drives it first makes durable the states, runs and times, all in one transaction, and
 * only then does the tasks and tells the events.
 *
 * @param states what triggers remember, by rule and key
 * @param forgotten rules whose triggers remember nothing any more, but for what is in {@code states}
 * @param runs as they are now
 * @param lastTimes of steps with {@code once_within}
 * @param stopped runs whose tasks must end, where they can be stopped
 */
public record Changes(
        Map<StateKey, KeyState> states,
        Set<String> forgotten,
        List<Run> runs,
        Map<String, Instant> lastTimes,
        List<Task> tasks,
        List<String> stopped,
        List<RuleEvent> events) {
    static final Changes NOTHING =
            new Changes(Map.of(), Set.of(), List.of(), Map.of(), List.of(), List.of(), List.of());

    public boolean isNothing() {
        return states.isEmpty()
                && forgotten.isEmpty()
                && runs.isEmpty()
                && lastTimes.isEmpty()
                && tasks.isEmpty()
                && stopped.isEmpty()
                && events.isEmpty();
    }

    /**
     * One trigger and one key.
     *
     * @param onHash of the trigger that the state belongs to
     */
    public record StateKey(String rule, String key, String onHash) {}
}
