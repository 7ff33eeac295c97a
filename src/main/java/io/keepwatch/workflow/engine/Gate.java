package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.rule.Step;
import java.time.Instant;
import java.util.Optional;

/** Says why a step is left out although its condition holds: it ran lately, or its rule is silenced. */
interface Gate {
    /** @param path of the step within the run */
    Optional<String> refusal(Run run, String path, Step step, Instant now);
}
