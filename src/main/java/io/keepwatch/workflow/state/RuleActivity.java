package io.keepwatch.workflow.state;

import java.time.Instant;

/**
 * What the kept runs of one rule tell.
 *
 * @param last when it ran last
 * @param runs how many are kept
 * @param unsuccessful how many of these failed or are uncertain
 * @param lastProblem of the newest of these; empty when there is none
 */
public record RuleActivity(String rule, Instant last, int runs, int unsuccessful, String lastProblem) {}
