package io.keepwatch.workflow.state;

import java.time.Instant;
import java.util.Optional;

/**
 * Which runs to list, the newest first.
 *
 * @param status the name of a {@code Run.Status}; empty for all
 * @param before the last id of the page before; empty for the first page
 * @param from only what was created then or later
 * @param to only what was created before
 */
public record RunQuestion(
        Optional<String> rule,
        Optional<String> status,
        Optional<String> before,
        Optional<Instant> from,
        Optional<Instant> to,
        int atMost) {
    public static RunQuestion newest(int atMost) {
        return new RunQuestion(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), atMost);
    }
}
