package io.keepwatch.threshold;

import io.keepwatch.event.Severity;

/**
 * A subject is there that was not there before. The first read is the base and tells nothing.
 *
 * @param alsoGone whether it is told too when one is there no more
 */
public record Appearance(Severity severity, boolean alsoGone) implements Condition {}
