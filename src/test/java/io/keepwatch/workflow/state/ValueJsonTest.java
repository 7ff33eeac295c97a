package io.keepwatch.workflow.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.workflow.engine.KeyState;
import io.keepwatch.workflow.engine.KeyState.Phase;
import io.keepwatch.workflow.type.RuleEvent;
import io.keepwatch.workflow.type.TraceParent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a rule may hold comes back as it was, each value with its type. */
class ValueJsonTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.006007008Z");

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20).asGeneric(),
                Arbitraries.of("$time", "$", "\ud800", "\u0000", "ü", "").asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.of(1.0, -0.0, 1e300, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE)
                        .asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                Arbitraries.longs()
                        .between(-1_000_000_000_000L, 1_000_000_000_000L)
                        .map(Instant::ofEpochMilli)
                        .asGeneric(),
                Arbitraries.longs().map(Duration::ofNanos).asGeneric());
        return within(within(within(leaves)));
    }

    /** The values themselves, and lists and maps of them. */
    private static Arbitrary<Object> within(Arbitrary<Object> values) {
        Arbitrary<Object> keys = Arbitraries.oneOf(
                Arbitraries.of("a", "$time", "$entries", "").asGeneric(),
                Arbitraries.longs().asGeneric());
        return Arbitraries.oneOf(
                values,
                values.list().ofMaxSize(3).map(ArrayList::new).asGeneric(),
                Arbitraries.maps(keys, values)
                        .ofMaxSize(3)
                        .map(LinkedHashMap::new)
                        .asGeneric());
    }

    @Property(tries = 300)
    void every_value_comes_back_with_its_type(@ForAll("values") Object value) {
        assertThat(ValueJson.read(ValueJson.write(value))).isEqualTo(value);
    }

    @Property(tries = 100)
    void what_a_trigger_remembers_comes_back(@ForAll("values") Object value) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("value", value);
        data.put("$odd", 1L);
        RuleEvent event = new RuleEvent(
                "i",
                "/s",
                "t",
                "u",
                NOW,
                data,
                "c",
                "d",
                3,
                TraceParent.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        KeyState state = new KeyState(
                Phase.ENDING,
                NOW,
                Optional.of(event),
                Optional.of(new KeyState.Waiting(event, Optional.of(event))),
                Optional.of(NOW.plusNanos(1)),
                Optional.of(NOW),
                Map.of(0, event, 12, event));
        assertThat(RecordJson.keyState(RecordJson.keyState(state))).isEqualTo(state);
    }

    @Example
    void a_state_that_has_just_begun_comes_back() {
        KeyState begun = new KeyState(
                Phase.INACTIVE, NOW, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
        assertThat(RecordJson.keyState(RecordJson.keyState(begun))).isEqualTo(begun);
    }

    @Example
    void whole_numbers_of_other_kinds_come_back_as_long() {
        assertThat(ValueJson.read(ValueJson.write(List.of(7, (short) 8)))).isEqualTo(List.of(7L, 8L));
    }

    @Example
    void a_result_that_is_too_large_keeps_how_it_ended() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", "succeeded");
        result.put("exit_code", 0L);
        result.put("stdout", "x".repeat(10_000_000));
        result.put("list", List.of("y".repeat(2_000_000)));
        Map<String, Object> kept = ValueJson.readMap(BoundedResult.json(result));
        assertThat(kept).containsEntry("status", "succeeded").containsEntry("exit_code", 0L);
        assertThat(kept).containsKey("dropped").doesNotContainKeys("stdout", "list");
        result.remove("list");
        assertThat(BoundedResult.json(result)).hasSizeLessThan(140_000).contains("characters left out");
    }
}
