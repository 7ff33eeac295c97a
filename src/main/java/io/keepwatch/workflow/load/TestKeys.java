package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Named;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Shape;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.config.yaml.YamlValue;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of a test of rules. */
final class TestKeys {
    private static final String START_OF_TIME = "2026-01-01T00:00:00Z";

    static final Key<String> NAME = Key.required("name", Values.text("the disk stays full"), "What is shown.");
    static final Key<String> RULE = Key.required("rule", Forms.name("disk-full"), "The rule that is tested.");
    static final Key<Instant> START = Key.of(
            "start",
            Values.parsed("a time", START_OF_TIME, TestKeys::instant),
            START_OF_TIME,
            "What the clock shows at `at: 0s`.");
    static final Key<Duration> UNTIL = Key.of(
            "until",
            Values.duration("26h", Duration.ZERO),
            "0s",
            "How long the test goes on after the last thing that is given.");

    static final Key<Duration> AT =
            Key.required("at", Values.duration("4m", Duration.ZERO), "The time since the start.");
    static final Key<String> EVENT = Key.optional("event", Forms.eventType("disk.usage"), "", "The type of an event.");
    static final Key<String> SUBJECT = Key.optional("subject", Values.text("/var"), "`test`", "Its subject.");
    static final Key<YamlValue> DATA = Key.optional("data", Forms.map("{used_percent: 92.0}"), "", "Its data.");
    static final Key<String> APPROVE = Key.optional("approve", Forms.stepId(), "", "A step whose question gets a yes.");
    static final Key<String> REFUSE = Key.optional("refuse", Forms.stepId(), "", "A step whose question gets a no.");
    static final Section<YamlMap> GIVEN_MAP = new Section<>(
            List.of(AT, EVENT, SUBJECT, DATA, APPROVE, REFUSE),
            List.of(),
            List.of(Set.of("event", "approve", "refuse")),
            Optional::of);
    static final Key<List<YamlMap>> GIVEN = Key.of("given", Values.listOf(GIVEN_MAP), "[]", "What happens.");

    static final Key<List<Named<YamlValue>>> MOCK = Key.of(
            "mock",
            Values.named(Values.asWritten("a map", "{exit_code: 0}", new Shape.NamedValues(Shape.Anything.VALUE))),
            "{}",
            "What steps answer; `status: failed` makes one fail.");

    static final Key<Duration> EXPECTED_AT =
            Key.optional("at", Values.duration("6m", Duration.ZERO), "any time", "When the step starts.");
    static final Key<String> STEP =
            Key.optional("step", Forms.stepId(), "", "The id of a step that must run, or its verb.");
    static final Key<String> NEVER = Key.optional("never", Forms.stepId(), "", "A step that must not run.");
    static final Key<YamlValue> WITH =
            Key.optional("with", Forms.map("{text: \"…\"}"), "", "Values that it must have been given.");
    static final Section<YamlMap> EXPECTED_MAP = new Section<>(
            List.of(EXPECTED_AT, STEP, NEVER, WITH), List.of(), List.of(Set.of("step", "never")), Optional::of);
    static final Key<List<YamlMap>> EXPECT = Key.required(
            "expect", Values.listOf(EXPECTED_MAP), "What must come of it; an empty list when nothing must run.");

    static final Section<YamlMap> SECTION =
            Section.of(List.of(NAME, RULE, START, UNTIL, GIVEN, MOCK, EXPECT), Optional::of);

    private TestKeys() {}

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a time", e);
        }
    }
}
