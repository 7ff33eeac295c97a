package io.keepwatch.workflow.engine;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one step of a run.
 *
 * @param attempt the number of the latest try, from 1
 * @param until when a step that waits goes on, or is tried again
 * @param result what later steps see as {@code steps.<id>}
 */
public record StepState(Status status, int attempt, Optional<Instant> until, Map<String, Object> result) {
    public StepState {
        result = Collections.unmodifiableMap(new LinkedHashMap<>(result));
    }

    /** How far a step is. */
    public enum Status {
        /** Somebody works at it. */
        RUNNING,
        /** It failed and is tried again later. */
        RETRYING,
        /** It waits for time to pass or for an answer. */
        WAITING,
        SUCCEEDED,
        FAILED,
        SKIPPED,
        /** It was started before a crash, and nobody knows whether it ended. */
        UNCERTAIN;

        public boolean isEnd() {
            return this == SUCCEEDED || this == FAILED || this == SKIPPED || this == UNCERTAIN;
        }

        /** As rules write it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static StepState running(int attempt) {
        return new StepState(Status.RUNNING, attempt, Optional.empty(), Map.of());
    }

    static StepState skipped(String reason) {
        return ended(Status.SKIPPED, 0, reason, Map.of());
    }

    /** With the fields that every step leaves behind. */
    static StepState ended(Status status, int attempt, String error, Map<String, Object> more) {
        Map<String, Object> result = new LinkedHashMap<>(more);
        result.put("status", status.word());
        result.put("error", error);
        result.put("attempts", (long) attempt);
        return new StepState(status, attempt, Optional.empty(), result);
    }

    /** Why it failed; empty when it did not. */
    public String error() {
        return String.valueOf(result.getOrDefault("error", ""));
    }
}
