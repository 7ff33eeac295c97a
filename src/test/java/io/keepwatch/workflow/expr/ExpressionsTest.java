package io.keepwatch.workflow.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.workflow.type.EventTypes;
import io.keepwatch.workflow.type.Field;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final EventTypes types = EventTypes.known();
    private final Names names = Names.NONE
            .withEvent("event", types.find("disk.usage").orElseThrow())
            .withEvent("previous", types.find("disk.usage").orElseThrow())
            .withSteps(Map.of(
                    "prune",
                            new Names.StepFields(
                                    List.of(Field.whole("exit_code", ""), Field.text("stdout", "")), Optional.empty()),
                    "now", new Names.StepFields(List.of(), types.find("disk.usage"))));
    private final Expressions expressions = new Expressions(types);

    private static RuleEvent usage(double percent) {
        return RuleEvent.of(
                "1", "/host/a", "disk.usage", "/var", NOW, Map.of("used_percent", percent, "free_bytes", 5L));
    }

    private static Values values(RuleEvent event, Optional<RuleEvent> previous) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("event", event.view());
        previous.ifPresent(before -> variables.put("previous", before.view()));
        variables.put(Variables.HAS_PREVIOUS, previous.isPresent());
        variables.put(Variables.SUCCESS, true);
        return new Values(variables, new FixedLookup());
    }

    private Object evaluate(String text, Result result) throws ExpressionException {
        Compiled compiled = expressions.compile(text, names, result);
        assertThat(compiled.mistakes()).isEmpty();
        return compiled.expression().orElseThrow().evaluate(values(usage(91), Optional.of(usage(88))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            event.data.used_percent > 90                              | true
            event.data.used_percent > 90.5 && event.subject == '/var' | true
            delta(event.data.used_percent)                            | 3.0
            delta(event.data.free_bytes)                              | 0
            event.data.free_bytes < bytes("10GiB")                    | true
            previous.data.used_percent                                | 88.0
            state("disk.usage", "/tmp").data.used_percent             | 50.0
            event.subject.matches("^/v")                              | true
            diff(["/etc/a"])                                          | diff of [/etc/a]
            paths_on("sda")                                           | [/srv]
            secret("token")                                           | s3cret
            success() && !failure() && always()                       | true
            has(event.data.total_bytes)                               | false
            event.time > timestamp("2020-01-01T00:00:00Z")            | true
            """)
    void an_expression_has_a_value(String text, String value) throws ExpressionException {
        assertThat(String.valueOf(evaluate(text, Result.ANY))).isEqualTo(value);
    }

    @Test
    void growth_is_nothing_where_there_was_no_event_before() throws ExpressionException {
        Expression grown = expressions
                .compile("delta(event.data.used_percent)", names, Result.ANY)
                .expression()
                .orElseThrow();
        assertThat(grown.evaluate(values(usage(91), Optional.empty()))).isEqualTo(0.0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            event.data.usd_percent > 90      | 11 | there is no "usd_percent" in event.data          | did you mean "used_percent"?
            event.subjct == 'a'              | 6  | there is no "subjct" in event                    | did you mean "subject"?
            evnt.subject == 'a'              | 0  | the name "evnt" is not known here                | did you mean "event"?
            used_percent > 90                | 0  | the name "used_percent" is not known here        | did you mean "event.data.used_percent"?
            steps.prun.exit_code == 0        | 6  | there is no "prun" in steps                      | did you mean "prune"?
            steps.now.data.used_prcent > 90  | 15 | there is no "used_prcent" in steps.now.data      | did you mean "used_percent"?
            event.data.used_percent == 90    | 24 | "==" cannot be used with a number and a whole number | write the number with a decimal point, for example 90.0, or convert with double()
            event.data.used_percent > '90'   | 24 | ">" cannot be used with a number and a text      | remove the quotes if a number is meant, or convert with string()
            event.data.used_percent > 90%    | 28 | a percent sign cannot stand here                 | write the number alone: 90
            event.data.free_bytes < 10GiB    | 24 | a size with its unit cannot stand here as it is  | write bytes("10GiB")
            event.data.free_bytes < bytes("10G") | 30 | size "10G" can be read in two ways; write 10GB (10000000000 bytes) or 10GiB (10737418240 bytes) | write bytes("100GiB")
            event.subject = 'a'              | 14 | "=" is not an operator                           | write == to compare
            true and false                   | 5  | "and" is not an operator                         | write &&
            event.data.used_percent >        | 25 | the expression ends too early                    | complete it, or check its brackets and quotes
            event.subject                    | 0  | this must be true or false but is a text         | compare something, for example event.data.count > 3
            sucess()                         | 0  | the function "sucess" is not known here          | did you mean "success"?
            event.subject.matches("(")       | 22 | "(" is not a regular expression: missing closing ) | see the syntax of RE2
            state("disk.usge", "/").data.used_percent > 1 | 6 | there is no event type "disk.usge"  | did you mean "disk.usage"?
            delta(3) > 1                     | 6  | delta() needs a field of the event               | write, for example, delta(event.data.count)
            duration("5 min") > duration("1s") | 9 | "5 min" is not a duration                       | write numbers with units h, m, s or ms, for example duration("1h30m")
            event.time > timestamp("now")    | 23 | "now" is not a time                              | write timestamp("2026-01-31T12:00:00Z")
            """)
    void a_mistake_has_its_place_and_what_was_meant(String text, int offset, String problem, String advice) {
        assertThat(expressions.compile(text, names, Result.TRUTH).mistakes())
                .first()
                .isEqualTo(new Mistake(offset, problem, advice));
    }

    @Test
    void an_absent_field_is_an_error_of_the_evaluation() {
        assertThatThrownBy(() -> evaluate("event.data.total_bytes > 1", Result.TRUTH))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("total_bytes");
    }

    @Test
    void explaining_shows_the_value_of_every_part() {
        Expression expression = expressions
                .compile("event.data.used_percent > 90 && event.subject == \"/\"", names, Result.TRUTH)
                .expression()
                .orElseThrow();
        assertThat(expression.explain(values(usage(91), Optional.empty())))
                .containsEntry("event.data.used_percent", "91.0")
                .containsEntry("event.data.used_percent > 90", "true")
                .containsEntry("event.subject == \"/\"", "false");
    }
}
