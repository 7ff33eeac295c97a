package io.keepwatch.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.workflow.engine.StepState.Status;
import io.keepwatch.workflow.load.Known;
import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.load.RuleLoader;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.type.RuleEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A run is interrupted after any of its records and goes on from them in a new engine. */
class ResumeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RuleEvent DEGRADED =
            RuleEvent.of("e1", "/host/a", "raid.degraded", "md0", NOW, Map.of("array", "md0"));
    private static final RuleSet RULES =
            new RuleLoader(Known.NOTHING).load(Path.of("r.yml"), """
                    version: 1
                    rules:
                      r:
                        on: {event: raid.degraded}
                        steps:
                          - {id: safe, backup: /etc}
                          - {id: once, run: [failover]}
                          - {id: again, run: [reload], effect: repeatable}
                          - {id: pause, wait: 1h}
                        on_failure: [{id: told, notify: ops, with: {text: "${error.status}: ${error.message}"}}]
                    """).rules().orElseThrow();

    private static Engine engine(Run open, Instant now) {
        Memory memory = new Memory(Map.of(), List.of(open), Map.of(), Map.of(), List.of(), List.of());
        return new Engine(RULES, Ports.dry(number -> "run-" + number), memory, now);
    }

    private static Run run(Map<String, StepState> steps) {
        return new Run("r1", "r", "md0", DEGRADED, Optional.empty(), false, "", NOW, Run.Status.RUNNING, steps, "");
    }

    private static StepState ended() {
        return StepState.ended(Status.SUCCEEDED, 1, "", Map.of("exit_code", 0L));
    }

    @Test
    void a_new_run_begins_with_its_first_step_and_is_recorded_before() {
        Engine engine = new Engine(RULES, Ports.dry(number -> "run-" + number), Memory.NOTHING, NOW);
        engine.accept(DEGRADED, NOW);
        Changes changes = engine.take();
        assertThat(changes.tasks()).extracting(Task::path).containsExactly("safe");
        assertThat(changes.runs().get(0).steps()).containsOnlyKeys("safe");
        assertThat(changes.tasks().get(0).idempotencyKey()).isEqualTo("run-1/safe");
    }

    @Test
    void the_same_event_never_starts_a_second_run() {
        Engine engine = new Engine(RULES, Ports.dry(number -> "run-" + number), Memory.NOTHING, NOW);
        engine.accept(DEGRADED, NOW);
        engine.accept(DEGRADED, NOW);
        assertThat(engine.take().runs()).hasSize(1);
    }

    @Test
    void steps_that_ended_are_not_done_again() {
        Changes changes = engine(run(Map.of("safe", ended())), NOW).take();
        assertThat(changes.tasks()).extracting(Task::path).containsExactly("once");
    }

    @Test
    void a_step_that_may_be_repeated_is_done_again_with_the_same_idempotency_key() {
        Changes changes = engine(run(Map.of("safe", StepState.running(1))), NOW).take();
        assertThat(changes.tasks()).extracting(Task::idempotencyKey).containsExactly("r1/safe");
        Changes later = engine(run(Map.of("safe", ended(), "once", ended(), "again", StepState.running(1))), NOW)
                .take();
        assertThat(later.tasks()).extracting(Task::path).containsExactly("again");
    }

    @Test
    void a_program_that_must_not_be_repeated_is_uncertain_and_told() {
        Engine engine = engine(run(Map.of("safe", ended(), "once", StepState.running(1))), NOW);
        Changes changes = engine.take();
        assertThat(changes.tasks()).extracting(Task::path).containsExactly("told");
        Task told = changes.tasks().get(0);
        assertThat(told.with().get("text")).asString().startsWith("uncertain: step \"once\": Keepwatch stopped");
        engine.completed(told, Outcome.succeeded(Map.of()), NOW);
        assertThat(engine.take().runs().get(0).status()).isEqualTo(Run.Status.UNCERTAIN);
    }

    @Test
    void a_step_of_a_called_rule_is_not_taken_for_one_of_the_caller_with_the_same_id() {
        RuleSet caller = rules("""
                  r: {on: {event: raid.degraded}, steps: [{run: [reload], effect: repeatable}, {call: shared}]}
                  shared: {steps: [{run: [failover]}]}
                """);
        Run open = run(Map.of("run", ended(), "call", StepState.running(1), "call/run", StepState.running(1)));
        Changes changes = engine(caller, open).take();
        assertThat(changes.tasks()).isEmpty();
        assertThat(changes.runs().get(0).status()).isEqualTo(Run.Status.UNCERTAIN);
    }

    @Test
    void a_repeatable_step_of_a_called_rule_is_done_again_whatever_the_caller_has_under_its_id() {
        RuleSet caller = rules("""
                  r:
                    on: {event: raid.degraded}
                    steps: [{run: [failover]}, {id: each, foreach: "${['a']}", steps: [{id: in, call: shared}]}]
                  shared: {steps: [{parallel: [{id: run, run: [reload], effect: repeatable}, {run: [other]}]}]}
                """);
        Map<String, StepState> steps = new LinkedHashMap<>();
        steps.put("run", ended());
        steps.put("each", new StepState(Status.RUNNING, 1, Optional.empty(), Map.of("items", List.of("a"))));
        steps.put("each/0/in", StepState.running(1));
        steps.put("each/0/in/parallel", StepState.running(1));
        steps.put("each/0/in/parallel/run", StepState.running(1));
        Changes changes = engine(caller, run(steps)).take();
        assertThat(changes.tasks())
                .extracting(Task::path)
                .containsExactly("each/0/in/parallel/run", "each/0/in/parallel/run_2");
    }

    @Test
    void a_run_that_gave_way_before_a_crash_only_does_its_last_steps() {
        RuleSet replacing = rules("""
                  r: {on: {event: raid.degraded}, steps: [{id: x, run: [x]}, {id: y, backup: /etc}],
                      on_failure: [{id: failed, run: [f]}], finally: [{id: end, run: [end]}]}
                """);
        Engine engine = engine(replacing, run(Map.of("x", StepState.running(1))).in(Run.Status.RUNNING, Run.REPLACED));
        Changes changes = engine.take();
        assertThat(changes.tasks()).extracting(Task::path).containsExactly("end");
        engine.completed(changes.tasks().get(0), Outcome.succeeded(Map.of()), NOW);
        assertThat(engine.take().runs().get(0).status()).isEqualTo(Run.Status.CANCELLED);
    }

    private static Engine engine(RuleSet rules, Run open) {
        Memory memory = new Memory(Map.of(), List.of(open), Map.of(), Map.of(), List.of(), List.of());
        return new Engine(rules, Ports.dry(number -> "run-" + number), memory, NOW);
    }

    private static RuleSet rules(String text) {
        LoadedRules loaded = new RuleLoader(Known.NOTHING).load(Path.of("r.yml"), "version: 1\nrules:\n" + text);
        return loaded.rules().orElseThrow(() -> new AssertionError(loaded.report()));
    }

    @Test
    void a_wait_goes_on_by_the_clock_on_the_wall() {
        Instant until = NOW.plus(Duration.ofHours(1));
        StepState pause = new StepState(Status.WAITING, 1, Optional.of(until), Map.of());
        Run open = run(Map.of("safe", ended(), "once", ended(), "again", ended(), "pause", pause));
        Engine early = engine(open, NOW);
        assertThat(early.next()).hasValue(until);
        Engine late = engine(open, until.plusSeconds(1));
        assertThat(late.take().runs().get(0).status()).isEqualTo(Run.Status.SUCCEEDED);
    }

    @Test
    void a_run_whose_rule_is_gone_is_cancelled() {
        RuleSet none = new RuleSet(List.of(), List.of(), List.of(), RULES.types(), RULES.revision());
        Memory memory = new Memory(Map.of(), List.of(run(Map.of())), Map.of(), Map.of(), List.of(), List.of());
        Engine engine = new Engine(none, Ports.dry(number -> "run-" + number), memory, NOW);
        assertThat(engine.take().runs().get(0).status()).isEqualTo(Run.Status.CANCELLED);
    }

    @Test
    void a_chain_of_events_ends_after_eight_hops() {
        RuleSet chain = new RuleLoader(Known.NOTHING)
                .load(
                        Path.of("r.yml"),
                        "version: 1\nrules: {c: {on: {event: x.y}, max_runs: 100/h, steps: [{emit: x.y}]}}\n")
                .rules()
                .orElseThrow();
        Engine engine = new Engine(chain, Ports.dry(number -> "run-" + number), Memory.NOTHING, NOW);
        engine.accept(RuleEvent.of("0", "/host/a", "x.y", "s", NOW, Map.of()), NOW);
        int runs = 0;
        List<Task> tasks = engine.take().tasks();
        while (!tasks.isEmpty()) {
            runs++;
            Task task = tasks.get(0);
            engine.completed(task, Outcome.succeeded(Map.of()), NOW);
            engine.accept(
                    engine.emitted(
                            task,
                            (io.keepwatch.workflow.rule.Verb.Emit) task.step().verb(),
                            Map.of(),
                            NOW),
                    NOW);
            tasks = engine.take().tasks();
        }
        assertThat(runs).isEqualTo(9);
    }

    @Test
    void ten_errors_in_a_row_are_told_once() {
        Engine engine = engine("1 / event.data.versions > 0");
        for (int i = 0; i < 25; i++) {
            engine.accept(RuleEvent.of("e" + i, "/host/a", "backup.failed", "s", NOW, Map.of("versions", 0L)), NOW);
        }
        assertThat(engine.take().events()).extracting(RuleEvent::type).containsExactly("rule.failing");
    }

    @Test
    void an_event_without_the_field_that_a_rule_asks_for_is_no_match_and_no_error() {
        Engine engine = engine("event.data.problem == 'a'");
        for (int i = 0; i < 25; i++) {
            engine.accept(RuleEvent.of("e" + i, "/host/a", "backup.failed", "s", NOW, Map.of()), NOW);
        }
        assertThat(engine.take().isNothing()).isTrue();
    }

    private static Engine engine(String when) {
        RuleSet rules = new RuleLoader(Known.NOTHING)
                .load(
                        Path.of("r.yml"),
                        "version: 1\nrules: {c: {on: {event: backup.failed, when: \"" + when + "\"},"
                                + " steps: [{run: [x]}]}}\n")
                .rules()
                .orElseThrow();
        return new Engine(rules, Ports.dry(number -> "run-" + number), Memory.NOTHING, NOW);
    }
}
