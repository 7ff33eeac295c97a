package io.keepwatch.workflow.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A test of one rule, written beside it.
 *
 * @param start what the clock shows at {@code at: 0s}
 * @param until how long the test goes on after the start
 * @param mocks what steps answer, by step
 */
public record RuleTest(
        String name,
        Place place,
        String rule,
        Instant start,
        Duration until,
        List<Given> given,
        Map<String, Map<String, Object>> mocks,
        List<Expected> expected) {
    public RuleTest {
        given = List.copyOf(given);
        mocks = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(mocks));
        expected = List.copyOf(expected);
    }

    /** What happens. Either an event or somebody's answer to a question. */
    public record Given(Duration at, String event, String subject, Map<String, Object> data, Optional<Answer> answer) {}

    /** Somebody's answer to a step that asks. */
    public record Answer(String step, boolean approved) {}

    /**
     * A step that must take place at a time, or must not at all.
     *
     * @param at empty when the time does not matter
     * @param with values it must have been given; others may be there too
     */
    public record Expected(Place place, Optional<Duration> at, String step, boolean never, Map<String, Object> with) {}
}
