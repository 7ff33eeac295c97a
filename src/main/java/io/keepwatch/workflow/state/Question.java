package io.keepwatch.workflow.state;

import java.time.Instant;
import java.util.Optional;

/**
 * A step that waits for somebody's answer.
 *
 * @param path of the step within the run
 * @param until when the run goes on without an answer
 */
public record Question(String run, String rule, String path, String text, Optional<Instant> until) {}
