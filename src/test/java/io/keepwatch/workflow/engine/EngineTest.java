package io.keepwatch.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.workflow.load.Known;
import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.load.RuleLoader;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.rule.Verb;
import io.keepwatch.workflow.type.RuleEvent;
import io.keepwatch.workflow.type.TraceParent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the language promises and rules with their own tests cannot show: time without a daemon, and what is only recorded. */
class EngineTest {
    private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

    private final List<String> done = new ArrayList<>();

    private static RuleSet rules(String text) {
        LoadedRules loaded = new RuleLoader(Known.NOTHING).load(Path.of("rules.yml"), "version: 1\nrules:\n" + text);
        return loaded.rules().orElseThrow(() -> new AssertionError(loaded.report()));
    }

    private static Engine engine(String text) {
        return new Engine(rules(text), Ports.dry(i -> "run-" + i), Memory.NOTHING, START);
    }

    private static RuleEvent usage(String id, double percent, Instant at) {
        return RuleEvent.of(id, "/host/a", "disk.usage", "/", at, Map.of("used_percent", percent));
    }

    /** Lets every step succeed; the runs that this changed. */
    private List<Run> work(Engine engine, Instant now) {
        List<Run> runs = new ArrayList<>();
        for (Changes changes = engine.take(); !changes.isNothing(); changes = engine.take()) {
            runs.addAll(changes.runs());
            for (Task task : changes.tasks()) {
                done.add(task.run().rule() + "/" + task.step().id());
                engine.completed(task, Outcome.succeeded(Map.of()), now);
            }
        }
        return runs;
    }

    @Test
    void what_a_run_emits_belongs_to_the_trace_of_its_event() {
        Optional<TraceParent> trace = TraceParent.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Engine engine = engine("  r: {on: {event: disk.usage}, steps: [{emit: seen.it}]}\n");
        engine.accept(usage("e", 1, START).tracedBy(trace), START);
        Task task = engine.take().tasks().get(0);
        RuleEvent emitted = engine.emitted(task, (Verb.Emit) task.step().verb(), Map.of(), START);
        assertThat(emitted.trace()).isPresent().isEqualTo(trace);
    }

    @Test
    void what_rules_and_time_make_says_which_host_it_comes_from() {
        Engine engine = engine("""
                  r: {on: {every: 1h}, steps: [{id: x, run: [x]}]}
                  a: {on: {absent: backup.completed, within: 1h}, steps: [{id: x, run: [x]}]}
                """);
        engine.tick(START.plus(Duration.ofHours(1)));
        Changes changes = engine.take();
        assertThat(changes.runs())
                .extracting(run -> run.event().source())
                .contains("/host/(this host)/schedule", "/host/(this host)/absent");
        assertThat(changes.runs())
                .allSatisfy(run -> assertThat(run.event().data()).containsEntry("host", "(this host)"));
        changes.tasks().forEach(task -> engine.completed(task, Outcome.succeeded(Map.of()), START));
        assertThat(engine.take().events())
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.source()).isEqualTo("/host/(this host)/rules"));
    }

    @ParameterizedTest
    @CsvSource({"skip, 0", "once, 1", "all, 3"})
    void times_that_passed_without_a_daemon_are_made_up_for_as_the_rule_says(String missed, int times) {
        String text = "  r: {on: {cron: '30 3 * * *', missed: %s}, steps: [{id: x, run: [x]}]}\n".formatted(missed);
        Engine before = engine(text);
        Map<String, Map<String, KeyState>> states = Map.of(
                "r", Map.of("", before.everything().states().values().iterator().next()));
        Instant later = START.plus(Duration.ofDays(3));
        Memory memory = new Memory(states, List.of(), Map.of(), Map.of(), List.of(), List.of());
        Engine after = new Engine(rules(text), Ports.dry(i -> "run-" + i), memory, later);
        after.tick(later);
        work(after, later);
        assertThat(done).hasSize(times);
        assertThat(after.next()).contains(Instant.parse("2026-03-06T03:30:00Z"));
    }

    @Test
    void the_host_runs_no_more_than_six_hundred_in_a_minute() {
        Engine engine = engine("  r: {on: {event: disk.usage}, max_runs: 10000/h, steps: [{id: x, run: [x]}]}\n");
        for (int i = 0; i < 700; i++) {
            engine.accept(usage("e" + i, 1, START), START);
            work(engine, START);
        }
        assertThat(done).hasSize(600);
        assertThat(engine.dropped()).isEqualTo(100);
        assertThat(engine.hostOpenings()).isEqualTo(1);
        Instant later = START.plusSeconds(61);
        engine.accept(usage("later", 1, later), later);
        work(engine, later);
        assertThat(done).hasSize(601);
    }

    @Test
    void a_rule_that_another_one_inhibits_is_recorded_and_acts_but_tells_nobody() {
        Engine engine = engine("""
                  large: {on: {state: disk.usage, when: event.data.used_percent > 95}, steps: [{id: x, run: [x]}],
                          inhibit: [small]}
                  small: {on: {event: disk.usage, when: event.data.used_percent > 80},
                          steps: [{id: act, run: [x]}, {id: tell, notify: ops, with: {text: full}},
                                  {id: hook, webhook: ops, with: {text: full}}]}
                """);
        engine.accept(usage("1", 99, START), START);
        List<Run> runs = work(engine, START);
        assertThat(done).containsExactlyInAnyOrder("large/x", "small/act");
        assertThat(runs).filteredOn(run -> run.rule().equals("small")).last().satisfies(run -> {
            assertThat(run.status()).isEqualTo(Run.Status.SUCCEEDED);
            assertThat(run.steps())
                    .hasEntrySatisfying(
                            "tell", step -> assertThat(step.status()).isEqualTo(StepState.Status.SKIPPED));
        });
        engine.accept(usage("2", 85, START.plusSeconds(9)), START.plusSeconds(9));
        work(engine, START.plusSeconds(9));
        assertThat(done).endsWith("small/act", "small/tell", "small/hook");
    }

    @Test
    void a_shadow_is_recorded_and_does_nothing() {
        Engine engine =
                engine("  r: {on: {event: disk.usage}, mode: shadow, steps: [{id: x, run: [x]}, {emit: a.b}]}\n");
        engine.accept(usage("1", 1, START), START);
        assertThat(work(engine, START)).extracting(Run::status).containsExactly(Run.Status.SHADOW);
        assertThat(done).isEmpty();
    }

    @Test
    void a_state_that_lasts_longer_than_its_throttle_is_told_at_the_end_of_the_throttle() {
        Engine engine = engine("""
                  r: {on: {state: disk.usage, when: event.data.used_percent > 90, throttle: {once_after: 10m}},
                      steps: [{id: x, run: [x]}]}
                """);
        for (int minute = 0; minute <= 12; minute++) {
            Instant now = START.plus(Duration.ofMinutes(minute));
            engine.tick(now);
            engine.accept(usage("e" + minute, 95, now), now);
            work(engine, now);
            assertThat(done).as("minute %s", minute).hasSize(minute < 10 ? 0 : 1);
        }
    }

    @Test
    void a_rule_is_not_started_by_what_it_restores() {
        Engine engine = engine("""
                  r: {on: {file: /etc/**}, steps: [{id: x, restore: "${event.data.paths}", with: {overwrite: true}}]}
                """);
        engine.accept(changed("1", List.of("/etc/a", "/etc/dir/")), START);
        work(engine, START);
        Instant later = START.plusSeconds(5);
        engine.accept(changed("2", List.of("/etc/a", "/etc/dir/inside")), later);
        work(engine, later);
        assertThat(done).hasSize(1);
        engine.accept(changed("3", List.of("/etc/a", "/etc/other")), later);
        assertThat(work(engine, later).get(0).event().data().get("paths")).isEqualTo(List.of("/etc/other"));
        Instant muchLater = START.plusSeconds(60);
        engine.accept(changed("4", List.of("/etc/a")), muchLater);
        work(engine, muchLater);
        assertThat(done).as("after the echo").hasSize(3);
    }

    private static final String REPLACING = """
              r:
                on: {event: disk.usage}
                concurrency: {policy: replace, replace_running: true}
                steps: [{id: x, run: [x], retry: {attempts: 3}}, {id: y, if: always(), run: [y]}]
                on_failure: [{id: failed, run: [f]}]
                finally: [{id: end, notify: ops, with: {text: "${run.ok} ${steps.x.status} ${steps.y.status}"}}]
            """;

    @Test
    void a_run_that_gives_way_stops_its_command_and_does_its_last_steps_before_the_next_begins() {
        Engine engine = engine(REPLACING);
        engine.accept(usage("1", 1, START), START);
        Task command = engine.take().tasks().get(0);
        engine.accept(usage("2", 1, START), START);
        Changes stopping = engine.take();
        assertThat(stopping.stopped()).containsExactly("run-1");
        assertThat(stopping.tasks()).as("while the command ends").isEmpty();

        engine.accept(usage("3", 1, START), START);
        assertThat(engine.take().stopped()).as("a second time").isEmpty();
        engine.completed(command, Outcome.failed("TERM", Map.of()), START);
        Task end = engine.take().tasks().get(0);
        assertThat(end.step().id()).isEqualTo("end");
        assertThat(end.with()).containsEntry("text", "false failed skipped");
        engine.completed(end, Outcome.succeeded(Map.of()), START);
        Changes next = engine.take();
        assertThat(next.tasks()).extracting(Task::path).containsExactly("x");
        assertThat(next.runs())
                .filteredOn(run -> run.event().id().equals("1"))
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.status()).isEqualTo(Run.Status.CANCELLED);
                    assertThat(run.problem()).isEqualTo("a newer run took its place");
                });
        assertThat(next.tasks().get(0).run().event().id()).isEqualTo("3");
    }

    @Test
    void a_command_that_was_not_handed_out_is_not_begun_when_its_run_gives_way() {
        Engine engine = engine(REPLACING);
        engine.accept(usage("1", 1, START), START);
        engine.accept(usage("2", 1, START), START);
        Changes changes = engine.take();
        assertThat(changes.stopped()).isEmpty();
        assertThat(changes.tasks()).extracting(Task::path).containsExactly("end");
        engine.completed(changes.tasks().get(0), Outcome.succeeded(Map.of()), START);
        assertThat(engine.take().tasks()).extracting(Task::path).containsExactly("x");
    }

    private static RuleEvent changed(String id, List<String> paths) {
        return RuleEvent.of(id, "/host/a", "file.changed", "/etc", START, Map.of("paths", paths));
    }

    @Test
    void other_rules_take_over_what_an_unchanged_trigger_knows_and_forget_the_rest() {
        String trigger = "{state: disk.usage, when: event.data.used_percent > 90, for: 5m}";
        Engine engine = engine("  same: {on: %s, steps: [{id: x, run: [x]}]}\n".formatted(trigger)
                + "  other: {on: %s, steps: [{id: x, run: [x]}]}\n".formatted(trigger));
        engine.accept(usage("1", 95, START), START);
        work(engine, START);
        engine.replace(
                rules("  same: {on: %s, steps: [{id: new, run: [x]}]}\n".formatted(trigger)
                        + "  other: {on: %s, steps: [{id: x, run: [x]}]}\n".formatted(trigger.replace("90", "91"))),
                START.plusSeconds(60));
        Instant later = START.plus(Duration.ofMinutes(5));
        engine.accept(usage("2", 95, later), later);
        work(engine, later);
        assertThat(done).containsExactly("same/new");
    }
}
