package io.keepwatch.threshold;

import io.keepwatch.event.Severity;
import java.time.Duration;

/** A value that grew by this much, or more, within a time. It is over when it has not grown so for that long. */
public record Growth(double amount, Duration within, Severity severity) implements Condition {}
