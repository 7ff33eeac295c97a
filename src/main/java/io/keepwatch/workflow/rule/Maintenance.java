package io.keepwatch.workflow.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A time in which nobody is notified.
 *
 * @param rules those it holds for; empty for all
 */
public record Maintenance(Cron begins, Duration lasts, List<String> rules) {
    public Maintenance {
        rules = List.copyOf(rules);
    }

    public boolean covers(String rule, Instant time) {
        Optional<Instant> latest = begins.next(time.minus(lasts));
        return (rules.isEmpty() || rules.contains(rule))
                && latest.filter(begin -> !begin.isAfter(time)).isPresent();
    }
}
