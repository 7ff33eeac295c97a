package io.keepwatch.workflow.state;

import java.util.Map;

/**
 * How rules fare, since the start.
 *
 * @param open runs that did not end
 * @param events that were judged
 * @param refused events that were too large or too many
 * @param deadLetters events that were not what their type says
 * @param problems why the last event of a rule could not be judged, by rule
 */
public record KeeperStatus(int open, long events, long refused, long deadLetters, Map<String, String> problems) {
    public KeeperStatus {
        problems = Map.copyOf(problems);
    }
}
