package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.type.RuleEvent;
import java.util.Optional;

/**
 * A rule has a reason to run.
 *
 * @param resolve whether a state that fired is over; else it is the beginning
 */
record Firing(String key, RuleEvent event, Optional<RuleEvent> previous, boolean resolve) {}
