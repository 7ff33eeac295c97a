package io.keepwatch.threshold;

import java.util.List;

/**
 * All that a tracker remembers, to survive a restart.
 *
 * @param based the thresholds on appearance that have seen their first read, as {@code topic/name}
 */
public record TrackerState(List<SubjectState> subjects, List<String> based) {
    public static final TrackerState EMPTY = new TrackerState(List.of(), List.of());

    public TrackerState {
        subjects = List.copyOf(subjects);
        based = List.copyOf(based);
    }
}
