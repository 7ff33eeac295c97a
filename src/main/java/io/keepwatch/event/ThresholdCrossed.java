package io.keepwatch.event;

import java.time.Instant;

/**
 * The state of one subject changed. Told once at each change, never while the state stays.
 *
 * @param topic the kind of event for rules, for example {@code disk.usage}
 * @param threshold which threshold of that topic
 * @param reading the value that made the change
 * @param before the severity until now
 * @param severity the severity from now on; {@link Severity#OK} when the matter is over
 * @param detail one sentence for a person
 */
public record ThresholdCrossed(
        Instant at, String topic, String threshold, Reading reading, Severity before, Severity severity, String detail)
        implements Event {}
