package io.keepwatch.workflow.state;

import io.keepwatch.workflow.engine.Run;
import java.time.Instant;
import java.util.Optional;

/**
 * A run without its steps.
 *
 * @param ended empty while it is under way
 * @param problem why it did not succeed; empty otherwise
 */
public record RunSummary(
        String id,
        String rule,
        String key,
        String eventId,
        String eventType,
        String eventSubject,
        boolean resolve,
        Instant created,
        Optional<Instant> ended,
        Run.Status status,
        String problem) {}
