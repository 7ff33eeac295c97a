package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.rule.Trigger;
import io.keepwatch.workflow.rule.Trigger.Source;
import io.keepwatch.workflow.type.EventSource;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events that come of time alone. Their ids follow from rule and time, so that none counts twice after a restart. */
final class Scheduled {
    /** More missed times than this are not made up for one by one. */
    private static final int MAX_MISSED = 1_000;

    private Scheduled() {}

    /** All times of a schedule from the one that was due until now. */
    static List<Instant> times(Source source, Instant due, Instant now) {
        List<Instant> times = new ArrayList<>();
        Optional<Instant> next = Optional.of(due);
        while (next.filter(time -> !time.isAfter(now)).isPresent() && times.size() < MAX_MISSED) {
            times.add(next.get());
            next = following(source, next.get());
        }
        return times;
    }

    /** The first time of a schedule after now. */
    static Optional<Instant> after(Source source, Instant now) {
        return following(source, now);
    }

    private static Optional<Instant> following(Source source, Instant time) {
        if (source instanceof Trigger.OnCron cron) {
            return cron.cron().next(time);
        }
        return source instanceof Trigger.OnEvery every ? Optional.of(time.plus(every.every())) : Optional.empty();
    }

    static RuleEvent event(String host, String rule, Instant time, long missed) {
        return RuleEvent.of(
                        rule + "@" + time,
                        EventSource.of(host, EventSource.SCHEDULE),
                        "schedule",
                        rule,
                        time,
                        Map.of("missed", missed))
                .onHost(host);
    }

    static RuleEvent absence(
            String host, String rule, String key, Trigger.OnAbsent absent, KeyState state, Instant now) {
        Duration within = absent.within();
        Instant since = state.last().map(RuleEvent::time).orElse(state.since());
        return RuleEvent.of(
                        rule + "@" + since,
                        EventSource.of(host, EventSource.ABSENT),
                        "absent",
                        key.isEmpty() ? state.last().map(RuleEvent::subject).orElse(absent.type()) : key,
                        now,
                        Map.of("type", absent.type(), "within_seconds", within.toMillis() / 1000.0))
                .onHost(host);
    }

    /** Stands for the event before where there was none: its time is when the watch for it began. */
    static RuleEvent never(String host, Trigger.OnAbsent absent, KeyState state) {
        return RuleEvent.of(
                "never", EventSource.of(host, EventSource.ABSENT), absent.type(), "", state.since(), Map.of());
    }
}
