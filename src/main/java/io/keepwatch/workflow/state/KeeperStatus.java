package io.keepwatch.workflow.state;

import java.util.Map;
import java.util.Set;

/**
 * How rules fare, since the start.
 *
 * @param open runs that did not end
 * @param events that were judged
 * @param refused events that were too large or too many
 * @param deadLetters events that were not what their type says
 * @param dropped runs that a breaker kept from taking place
 * @param firing rules whose state holds
 * @param problems why the last event of a rule could not be judged, by rule
 */
public record KeeperStatus(
        int open,
        long events,
        long refused,
        long deadLetters,
        long dropped,
        Set<String> firing,
        Map<String, String> problems) {
    public KeeperStatus {
        firing = Set.copyOf(firing);
        problems = Map.copyOf(problems);
    }
}
