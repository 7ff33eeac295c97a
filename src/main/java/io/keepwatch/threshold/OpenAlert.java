package io.keepwatch.threshold;

import io.keepwatch.event.Severity;
import java.time.Instant;

/**
 * What a threshold told last and is not over.
 *
 * @param at when it was told
 * @param detail a sentence
 */
public record OpenAlert(String topic, String threshold, String subject, Severity severity, Instant at, String detail) {}
