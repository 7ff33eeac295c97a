package io.keepwatch.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.workflow.load.Known;
import io.keepwatch.workflow.load.RuleLoader;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.type.RuleEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeIndexTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static Engine engine(String rules) {
        RuleSet set = new RuleLoader(Known.NOTHING)
                .load(Path.of("rules.yml"), "version: 1\nrules:\n" + rules)
                .rules()
                .orElseThrow(() -> new AssertionError(rules));
        return new Engine(set, Ports.dry(i -> "run-" + i), Memory.NOTHING, START);
    }

    private static RuleEvent usage(int number, String subject, Map<String, Object> data, Instant at) {
        return RuleEvent.of("e" + number, "/host/a", "disk.usage", subject, at, data);
    }

    /** The second rule says the same in words of which no index can be made. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: disk.usage, when: '%s && event.data.used_percent > 50'",
                "event: disk.usage, when: '%s && delta(event.data.used_percent) > 20'",
                "event: disk.usage, when: '%s && event.data.used_percent > 50', throttle: {once_within: 3m}",
                "state: disk.usage, when: '%s && event.data.used_percent > 50', for: 2m",
                "state: disk.usage, when: '%s && event.data.used_percent > 50', clear: event.data.used_percent < 20",
                "absent: disk.usage, within: 4m, when: '%s'",
                "any: [{event: disk.usage, when: '%s'}, {event: inode.usage}], within: 5m"
            })
    void a_rule_that_is_found_by_subject_runs_as_one_that_is_always_asked(String on) {
        String rule = "  %s: {on: {%s}, max_runs: 10000/h, steps: [{run: [x]}]%s}\n";
        String resolve = on.startsWith("state") ? ", on_resolve: [{run: [x]}]" : "";
        Engine engine = engine(rule.formatted("found", on.formatted("event.subject in [\"/\", \"/var\"]"), resolve)
                + rule.formatted(
                        "asked", on.formatted("!(event.subject != \"/\" && event.subject != \"/var\")"), resolve));
        Random random = new Random(4711);
        Map<String, List<String>> began = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            Instant now = START.plusSeconds(60L * i);
            engine.tick(now);
            String subject = List.of("/", "/var", "/tmp").get(random.nextInt(3));
            double percent = random.nextInt(100);
            Map<String, Object> data = random.nextInt(5) == 0 ? Map.of() : Map.of("used_percent", percent);
            engine.accept(usage(i, subject, data, now), now);
            for (Task task : engine.take().tasks()) {
                Run run = task.run();
                began.computeIfAbsent(run.rule(), name -> new ArrayList<>())
                        .add(i + " " + run.key() + " " + run.event().data() + " " + run.resolve() + " "
                                + run.previous().map(RuleEvent::id));
                engine.completed(task, Outcome.succeeded(Map.of()), now);
            }
        }
        assertThat(began.get("found")).isNotEmpty().isEqualTo(began.get("asked"));
    }

    @Test
    void rules_run_in_their_order_however_they_are_found() {
        Engine engine = engine("""
                  a: {on: {event: disk.usage, when: event.subject == "/"}, steps: [{run: [x]}]}
                  b: {on: {event: disk.usage}, steps: [{run: [x]}]}
                  c: {on: {event: disk.usage, when: event.subject == "/"}, steps: [{run: [x]}]}
                  d: {on: {event: disk.usage}, steps: [{run: [x]}]}
                """);
        engine.accept(usage(1, "/", Map.of(), START), START);
        assertThat(engine.take().tasks()).extracting(task -> task.run().rule()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void an_event_of_another_subject_ends_a_row_of_errors() {
        Engine engine = engine("""
                  a: {on: {event: disk.usage, when: event.subject == "/" && 1 / event.data.free_bytes > 3},
                      steps: [{run: [x]}]}
                """);
        for (int i = 0; i < 19; i++) {
            engine.accept(usage(i, i == 9 ? "/tmp" : "/", Map.of("free_bytes", 0L), START), START);
        }
        assertThat(engine.take().events()).isEmpty();
        engine.accept(usage(19, "/", Map.of("free_bytes", 0L), START), START);
        assertThat(engine.take().events()).extracting(RuleEvent::type).containsExactly("rule.failing");
        assertThat(engine.problems()).containsOnlyKeys("a");
    }
}
