package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.RefusedKey;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.ValueType;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.workflow.rule.Trigger.Missed;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of {@code on}. */
final class TriggerKeys {
    static final Key<String> STATE = Key.optional(
            "state",
            Forms.eventType("disk.usage"),
            "",
            "An event type whose newest value, for each subject, must hold.");
    static final Key<String> EVENT =
            Key.optional("event", Forms.eventType("backup.failed"), "", "An event type of which every event counts.");
    static final Key<List<String>> FILE = Key.optional(
            "file",
            Values.valueOrList(Values.text("/etc/nginx/**")),
            "",
            "Absolute path patterns; `**` stands for any directories. Changes that come together are one event.");
    static final Key<String> CRON =
            Key.optional("cron", Values.text("30 3 * * *"), "", "Minute, hour, day of month, month and day of week.");
    static final Key<Duration> EVERY =
            Key.optional("every", Values.duration("5m", Duration.ofSeconds(1)), "", "The time between two runs.");
    static final Key<String> ABSENT = Key.optional(
            "absent", Forms.eventType("backup.completed"), "", "An event type of which none came for `within`.");
    static final Key<String> WEBHOOK =
            Key.optional("webhook", Forms.name("deploy"), "", "The name in `/hooks/<name>` that somebody calls.");
    static final Key<YamlValue> WHEN = Key.optional(
            "when", Forms.expression("event.data.used_percent > 90"), "", "Which events count. All, where absent.");

    /** One part of {@code all} or {@code any}. */
    static final Key<String> PART_EVENT =
            Key.required("event", Forms.eventType("raid.degraded"), "The event type of this part.");

    static final Section<YamlMap> PART = Section.of(List.of(PART_EVENT, WHEN), Optional::of);
    static final Key<List<YamlMap>> ALL =
            Key.optional("all", Values.listOf(PART), "", "Events that must all come within `within`.");
    static final Key<List<YamlMap>> ANY =
            Key.optional("any", Values.listOf(PART), "", "Events of which any one counts.");
    static final Key<Duration> WITHIN = Key.optional(
            "within", Forms.duration("10m"), "", "The time for `all`, or the time without the event of `absent`.");
    static final Key<YamlValue> CLEAR = Key.optional(
            "clear",
            Forms.expression("event.data.used_percent < 85"),
            "the opposite of `when`",
            "When a state is over, so that a value that hovers does not fire again and again.");
    static final Key<Duration> FOR =
            Key.of("for", Values.duration("5m", Duration.ZERO), "0s", "How long a state must hold before it fires.");
    static final Key<Duration> KEEP_FIRING_FOR = Key.of(
            "keep_firing_for",
            Values.duration("5m", Duration.ZERO),
            "0s",
            "How long a state that is over must stay so before it counts as over.");
    static final Key<YamlValue> BY = Key.optional(
            "by",
            Forms.expression("event.subject"),
            "`event.subject` for `event` and `state`, else the rule itself",
            "The key: states, queues and throttles are kept for each of its values.");
    static final Key<Duration> DEBOUNCE = Key.optional(
            "debounce",
            Forms.duration("2s"),
            "",
            "Wait until no further event came for this long; the last one counts.");
    static final Key<Duration> ONCE_WITHIN =
            Key.optional("once_within", Forms.duration("1h"), "", "The first event in this time counts.");
    static final Key<Duration> ONCE_AFTER = Key.optional(
            "once_after", Forms.duration("1h"), "", "The last event in this time counts, at the end of it.");
    static final Section<YamlMap> THROTTLE_MAP = new Section<>(
            List.of(ONCE_WITHIN, ONCE_AFTER, BY),
            List.of(),
            List.of(Set.of("once_within", "once_after")),
            Optional::of);
    static final Key<YamlMap> THROTTLE = Key.optional("throttle", THROTTLE_MAP, "", "Fewer runs than events.");
    static final ValueType<ZoneId> ZONE = Values.parsed("a time zone", "Europe/Amsterdam", TriggerKeys::zone);
    static final Key<ZoneId> TIMEZONE = Key.optional("timezone", ZONE, "UTC", "The time zone of `cron`.");
    static final Key<Missed> MISSED = Key.of(
            "missed",
            Values.choice(Missed.class),
            "once",
            "What becomes of times that passed while Keepwatch was not running.");

    static final List<Key<?>> SOURCES = List.of(STATE, EVENT, FILE, CRON, EVERY, ABSENT, WEBHOOK, ALL, ANY);

    static final Section<YamlMap> SECTION = new Section<>(
            List.of(
                    STATE,
                    EVENT,
                    FILE,
                    CRON,
                    EVERY,
                    ABSENT,
                    WEBHOOK,
                    ALL,
                    ANY,
                    WITHIN,
                    WHEN,
                    CLEAR,
                    FOR,
                    KEEP_FIRING_FOR,
                    BY,
                    DEBOUNCE,
                    THROTTLE,
                    TIMEZONE,
                    MISSED),
            List.of(new RefusedKey(
                    "schedule", "\"schedule\" is not a trigger", "write cron: \"30 3 * * *\" or every: 5m")),
            List.of(Set.of("state", "event", "file", "cron", "every", "absent", "webhook", "all", "any")),
            Optional::of);

    private TriggerKeys() {}

    private static ZoneId zone(String text) {
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            String near = io.keepwatch.config.yaml.NearestName.of(text, ZoneId.getAvailableZoneIds())
                    .map(zone -> "; did you mean " + zone + "?")
                    .orElse("");
            throw new IllegalArgumentException("\"" + text + "\" is not a time zone" + near);
        }
        return ZoneId.of(text);
    }
}
