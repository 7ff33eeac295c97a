package io.keepwatch.event;

import java.time.Duration;
import java.time.Instant;

/** A feature that this host has could not be read, or gave no answer in time. The problem is a sentence for a person. */
public record ProbeFailed(Instant at, String probe, String problem, Duration took) implements Event {}
