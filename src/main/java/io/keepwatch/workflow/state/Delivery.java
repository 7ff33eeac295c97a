package io.keepwatch.workflow.state;

import java.time.Instant;

/**
 * A message that is owed to a target.
 *
 * @param id the idempotency key of the step that sends it; the same over retries and restarts
 * @param target its name in the configuration
 * @param contentType of the body, such as {@code application/cloudevents+json}
 * @param body as it travels, in UTF-8; the signature is made anew for each attempt
 * @param attempts how often it was tried
 * @param due when it is tried next
 * @param problem of the last attempt; empty before the first
 */
public record Delivery(
        String id,
        String target,
        String contentType,
        String body,
        Instant created,
        int attempts,
        Instant due,
        String problem) {
    /** After an attempt that failed and is worth another. */
    public Delivery postponed(Instant next, String why) {
        return new Delivery(id, target, contentType, body, created, attempts + 1, next, why);
    }
}
