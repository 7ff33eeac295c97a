package io.keepwatch.workflow.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.workflow.expr.Shortcut.Answer;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.EventTypes;
import io.keepwatch.workflow.type.Field;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ShortcutPropertyTest {
    private static final EventType TYPE = EventType.of(
            "thing",
            "",
            Field.number("number", ""),
            Field.whole("whole", ""),
            Field.text("text", ""),
            Field.truth("truth", ""),
            Field.any("any", ""));
    private static final Names NAMES = Names.NONE.withEvent("event", TYPE).withEvent("previous", TYPE);
    private static final List<String> TEXTS = List.of("", "/", "/var", "/var/log", "ä\uD83D\uDE00");
    private static final List<Object> NUMBERS = List.of(
            0L,
            3L,
            -3L,
            1L << 53,
            (1L << 53) + 1,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            0.0,
            -0.0,
            3.0,
            -2.5,
            9.007199254740992E15,
            1e300,
            Double.NaN,
            Double.NEGATIVE_INFINITY);

    private final Expressions expressions = new Expressions(EventTypes.of(List.of(TYPE)));

    @Property(tries = 150)
    void a_shortcut_says_what_cel_says(
            @ForAll("conditions") String text, @ForAll("events") List<Map<String, Object>> events) throws Exception {
        Expression expression =
                expressions.compile(text, NAMES, Result.TRUTH).expression().orElseThrow();
        for (Map<String, Object> data : events) {
            Values values = values(data);
            Answer answer = expression.shortcut().of(values.variables());
            if (answer == Answer.LACKING) {
                // CEL loses the reason where ! stands before && or ||, but it has no value for it either.
                assertThatThrownBy(() -> expression.evaluate(values))
                        .as("%s with %s", text, data)
                        .isInstanceOf(ExpressionException.class);
            } else if (answer != Answer.UNSURE) {
                assertThat(expression.evaluate(values))
                        .as("%s with %s", text, data)
                        .isEqualTo(answer == Answer.YES);
            }
        }
    }

    @Property(tries = 150)
    void an_event_of_another_subject_than_those_asked_for_never_matches(
            @ForAll("conditions") String text, @ForAll("events") List<Map<String, Object>> events) throws Exception {
        Expression expression =
                expressions.compile(text, NAMES, Result.TRUTH).expression().orElseThrow();
        Set<String> subjects = expression.subjects().orElse(Set.of("/var"));
        for (Map<String, Object> data : events) {
            if (!subjects.contains("/var")) {
                assertThat(expression.evaluate(values(data))).as(text).isEqualTo(false);
            }
        }
    }

    @Example
    void conditions_as_people_write_them_need_no_cel() {
        Map<String, Object> data = Map.of("number", 95.0, "whole", 3L, "text", "a", "truth", true);
        for (String text : List.of(
                "event.data.number > 90",
                "90.0 <= event.data.number && event.subject == '/var'",
                "event.subject in ['/', '/var'] && !event.data.truth",
                "event.data.text != 'b' || event.data.missing.deeper == 3",
                "event.data.whole < bytes('1GiB')",
                "event.subject.startsWith('/v') && event.data.truth")) {
            Names names = NAMES;
            String known = text.replace("event.data.missing.deeper", "event.data.any.deeper");
            Expression expression =
                    expressions.compile(known, names, Result.TRUTH).expression().orElseThrow();
            assertThat(expression.shortcut().of(values(data).variables()))
                    .as(text)
                    .isIn(Answer.YES, Answer.NO);
        }
    }

    @Example
    void the_subjects_are_found_in_what_must_hold() {
        assertThat(subjects("event.subject == '/' && event.data.number > 3")).contains(Set.of("/"));
        assertThat(subjects("event.data.truth && event.subject in ['a', 'b']")).contains(Set.of("a", "b"));
        assertThat(subjects("event.subject == 'a' || event.subject == 'b'")).contains(Set.of("a", "b"));
        assertThat(subjects("event.subject == 'a' || event.data.truth")).isEmpty();
        assertThat(subjects("event.subject != 'a'")).isEmpty();
        assertThat(subjects("!(event.subject == 'a')")).isEmpty();
        assertThat(subjects("previous.subject == 'a'")).isEmpty();
    }

    private Optional<Set<String>> subjects(String text) {
        return expressions
                .compile(text, NAMES, Result.TRUTH)
                .expression()
                .orElseThrow()
                .subjects();
    }

    private static Values values(Map<String, Object> data) {
        RuleEvent event = RuleEvent.of("1", "/a", "thing", "/var", Instant.EPOCH, data);
        return new Values(
                Map.of("event", event.view(), Variables.HAS_PREVIOUS, false, Variables.SUCCESS, true),
                new FixedLookup());
    }

    @Provide
    Arbitrary<String> conditions() {
        Arbitrary<String> order = Arbitraries.of("==", "!=", "<", "<=", ">", ">=");
        Arbitrary<String> ofNumber = Combinators.combine(
                        Arbitraries.of("event.data.number", "event.data.any", "event.data.any.deeper"),
                        order,
                        Arbitraries.of("0.0", "3.0", "-2.5", "1e300", "9007199254740993.0"))
                .as((field, op, constant) -> field + " " + op + " " + constant);
        Arbitrary<String> ofWhole = Combinators.combine(
                        Arbitraries.of("event.data.whole", "event.data.any", "event.hops"),
                        order,
                        Arbitraries.of("0", "3", "-3", "9007199254740992", "9223372036854775807", "bytes('3B')"))
                .as((field, op, constant) -> constant + " " + op + " " + field);
        Arbitrary<String> mixed = Combinators.combine(
                        Arbitraries.of("event.data.number > 3", "event.data.whole <= 2.5", "event.data.number < -3"),
                        Arbitraries.of("", " || event.data.whole / 0 > 1", " && 1 / event.data.whole == 0"))
                .as((left, right) -> left + right);
        Arbitrary<String> ofText = Combinators.combine(
                        Arbitraries.of("event.data.text", "event.subject", "event.data.any"),
                        Arbitraries.of("%s == '/var'", "'/' != %s", "%s in ['/', '/var']", "%s.startsWith('/var')"))
                .as((field, form) -> form.formatted(field));
        Arbitrary<String> leaf = Arbitraries.oneOf(
                ofNumber,
                ofWhole,
                mixed,
                ofText,
                ofText,
                Arbitraries.of("event.data.truth", "has(event.data.whole)", "previous.data.number > 1.0"));
        return Arbitraries.lazyOf(
                () -> leaf,
                () -> leaf,
                () -> conditions().map(inner -> "!(" + inner + ")"),
                () -> Combinators.combine(conditions(), Arbitraries.of(" && ", " || "), conditions())
                        .as((left, op, right) -> "(" + left + op + right + ")"));
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> events() {
        Arbitrary<Map<String, Object>> one = Combinators.combine(
                        Arbitraries.of(NUMBERS),
                        Arbitraries.of(NUMBERS),
                        Arbitraries.of(TEXTS),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 31))
                .as((number, any, text, truth, present) -> {
                    Map<String, Object> data = new HashMap<>();
                    List<Map.Entry<String, Object>> all = new ArrayList<>(List.of(
                            Map.entry("number", number instanceof Long whole ? whole.doubleValue() : number),
                            Map.entry("whole", any instanceof Long ? any : 7L),
                            Map.entry("text", text),
                            Map.entry("truth", truth),
                            Map.entry("any", truth ? any : text.isEmpty() ? Map.of("deeper", any) : text)));
                    for (int i = 0; i < all.size(); i++) {
                        if ((present & 1 << i) != 0) {
                            data.put(all.get(i).getKey(), all.get(i).getValue());
                        }
                    }
                    return data;
                });
        return one.list().ofSize(10);
    }
}
