package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.rule.Step;
import java.time.Instant;
import java.util.Optional;

/** Says why a step is left out although its condition holds: it ran lately, or its rule is silenced. */
interface Gate {
    Optional<String> refusal(Run run, Step step, Instant now);
}
