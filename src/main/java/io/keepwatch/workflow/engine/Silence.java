package io.keepwatch.workflow.engine;

import java.time.Instant;

/**
 * Nobody is notified by some rules for a time.
 *
 * @param rule the name of a rule, or {@code *} for all
 * @param subject the subject of the event, or {@code *} for all
 */
public record Silence(String id, String rule, String subject, Instant until, String comment) {
    boolean covers(String ofRule, String ofSubject, Instant now) {
        return until.isAfter(now)
                && (rule.equals("*") || rule.equals(ofRule))
                && (subject.equals("*") || subject.equals(ofSubject));
    }
}
