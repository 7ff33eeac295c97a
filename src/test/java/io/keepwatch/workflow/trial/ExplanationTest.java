package io.keepwatch.workflow.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.workflow.load.Known;
import io.keepwatch.workflow.load.RuleLoader;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.type.RuleEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static Rule rule(String on) {
        return new RuleLoader(Known.NOTHING)
                .load(Path.of("r.yml"), "version: 1\nrules: {r: {on: {" + on + "}, steps: [{run: [x]}]}}\n")
                .rules()
                .flatMap(rules -> rules.rule("r"))
                .orElseThrow();
    }

    private static RuleEvent usage(double percent) {
        return RuleEvent.of(
                "e", "/host/a", "disk.usage", "/var", Instant.EPOCH, Map.of("used_percent", percent, "host", "a"));
    }

    private static Explanation explain(Rule rule, RuleEvent event) {
        return Explanation.of(rule, event, Optional.empty());
    }

    @Test
    void growth_is_that_since_the_event_before_where_it_is_known() {
        Rule rule = rule("event: disk.usage, when: delta(event.data.used_percent) > 5");
        assertThat(explain(rule, usage(92)).matches()).isFalse();
        Explanation explanation = Explanation.of(rule, usage(92), Optional.of(usage(80)));
        assertThat(explanation.matches()).isTrue();
        assertThat(explanation.parts())
                .anySatisfy(part -> assertThat(part.value()).isEqualTo("12.0"));
    }

    @Test
    void each_part_of_a_condition_is_shown_with_its_value() {
        Explanation explanation = explain(
                rule("state: disk.usage, when: event.data.used_percent > 90 && event.subject == '/var', for: 5m"),
                usage(92.5));
        assertThat(explanation.matches()).isTrue();
        assertThat(explanation.verdict()).isEqualTo("the condition holds, and must go on to hold for 300 s");
        assertThat(explanation.parts())
                .anySatisfy(part -> {
                    assertThat(part.expression()).isEqualTo("event.data.used_percent");
                    assertThat(part.value()).isEqualTo("92.5");
                })
                .anySatisfy(part -> assertThat(part.value()).isEqualTo("true"));
    }

    @Test
    void a_condition_that_does_not_hold_is_no_match() {
        Explanation explanation = explain(rule("event: disk.usage, when: event.data.used_percent > 90"), usage(50));
        assertThat(explanation.matches()).isFalse();
        assertThat(explanation.verdict()).isEqualTo("the condition does not hold");
    }

    @Test
    void an_event_of_another_type_is_no_match() {
        Explanation explanation = explain(rule("event: backup.failed"), usage(99));
        assertThat(explanation.matches()).isFalse();
        assertThat(explanation.verdict()).isEqualTo("the event is a disk.usage, and the rule waits for backup.failed");
    }

    @Test
    void a_change_of_other_files_is_no_match() {
        RuleEvent change = RuleEvent.of(
                "e", "/host/a", "file.changed", "/etc", Instant.EPOCH, Map.of("paths", List.of("/etc/nginx/a.conf")));
        assertThat(explain(rule("file: /etc/nginx/**"), change).matches()).isTrue();
        Explanation other = explain(rule("file: /srv/**"), change);
        assertThat(other.matches()).isFalse();
        assertThat(other.verdict()).isEqualTo("no path that changed matches /srv/**");
    }

    @Test
    void a_field_that_the_event_lacks_is_named() {
        Explanation explanation = explain(rule("event: disk.usage, when: event.data.free_bytes < 100"), usage(99));
        assertThat(explanation.matches()).isFalse();
        assertThat(explanation.verdict()).contains("free_bytes");
    }
}
