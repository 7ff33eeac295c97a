package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.rule.RuleSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is known from before a start.
 *
 * @param states by rule, then by key; only of triggers that are still the same
 * @param open runs that did not end, in the order they were accepted
 * @param revisions other rules that open runs began with, by their hash; a run of none of them goes on with the rule of its
 *     name
 * @param lastTimes as {@link Changes} gave them
 * @param accepted runs of the time that limits of rules look back on, the oldest first
 */
public record Memory(
        Map<String, Map<String, KeyState>> states,
        List<Run> open,
        Map<String, RuleSet> revisions,
        Map<String, Instant> lastTimes,
        List<Silence> silences,
        List<Accepted> accepted) {
    public static final Memory NOTHING = new Memory(Map.of(), List.of(), Map.of(), Map.of(), List.of(), List.of());

    /** That a run of a rule and key was accepted. */
    public record Accepted(String rule, String key, Instant at) {}
}
