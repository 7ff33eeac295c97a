package io.keepwatch.workflow.state;

import java.time.Instant;

/**
 * An event that was not judged, because it is not what its type says.
 *
 * @param body the event as JSON, at most 64 Ki characters of it
 */
public record DeadLetter(Instant at, String problem, String source, String id, String type, String body) {}
