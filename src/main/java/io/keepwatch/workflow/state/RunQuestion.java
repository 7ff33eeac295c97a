package io.keepwatch.workflow.state;

import java.util.Optional;

/**
 * Which runs to list, the newest first.
 *
 * @param status the name of a {@code Run.Status}; empty for all
 * @param before the last id of the page before; empty for the first page
 */
public record RunQuestion(Optional<String> rule, Optional<String> status, Optional<String> before, int atMost) {
    public static RunQuestion newest(int atMost) {
        return new RunQuestion(Optional.empty(), Optional.empty(), Optional.empty(), atMost);
    }
}
