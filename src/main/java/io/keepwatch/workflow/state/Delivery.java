package io.keepwatch.workflow.state;

import io.keepwatch.workflow.type.TraceParent;
import java.time.Instant;
import java.util.Optional;

/**
 * A message that is owed to a target.
 *
 * @param id the idempotency key of the step that sends it; the same over retries and restarts
 * @param target its key path in the configuration, such as {@code webhooks.ops}
 * @param contentType of the body, such as {@code application/cloudevents+json}
 * @param body as it travels, in UTF-8; the signature is made anew for each attempt
 * @param attempts how often it was tried
 * @param due when it is tried next
 * @param problem of the last attempt; empty before the first
 * @param trace that the cause of the message belongs to
 */
public record Delivery(
        String id,
        String target,
        String contentType,
        String body,
        Instant created,
        int attempts,
        Instant due,
        String problem,
        Optional<TraceParent> trace) {
    /** After an attempt that failed and is worth another. */
    public Delivery postponed(Instant next, String why) {
        return new Delivery(id, target, contentType, body, created, attempts + 1, next, why, trace);
    }
}
