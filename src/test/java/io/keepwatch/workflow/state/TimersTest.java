package io.keepwatch.workflow.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.engine.StepState;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything that waits goes on waiting over crashes and over a reload of other rules. */
class TimersTest extends KeeperFixture {
    private static final String OTHER = "  other: {on: {event: raid.degraded}, steps: [{id: %s, run: [x]}]}\n";

    /** The rule as it is, beside another one that a reload changes. */
    private static RuleSet beside(String rule, String changed) {
        return rules(rule + OTHER.formatted(changed));
    }

    private void awaitSteps(String... steps) {
        await().untilAsserted(() -> assertThat(performer.steps()).containsExactly(steps));
    }

    private void assertNothingYet() {
        status();
        assertThat(performer.steps()).isEmpty();
    }

    @Test
    void a_wait_goes_on() throws Exception {
        String rule = "  r: {on: {event: disk.usage}, steps: [{id: w, wait: 1h}, {id: late, run: [x]}]}\n";
        start(beside(rule, "a"));
        accept(usage("e1", 1.0));
        replace(beside(rule, "b"));
        crash(beside(rule, "b"));
        assertNothingYet();
        clock.move(Duration.ofHours(1));
        crash(beside(rule, "b"));
        awaitSteps("late");
    }

    @Test
    void a_short_wait_ends_by_itself_also_after_a_reload() throws Exception {
        String rule = "  r: {on: {event: disk.usage}, steps: [{id: w, wait: 300ms}, {id: late, run: [x]}]}\n";
        start(beside(rule, "a"));
        accept(usage("e1", 1.0));
        replace(beside(rule, "b"));
        awaitSteps("late");
    }

    @Test
    void a_retry_comes_after_its_delay() throws Exception {
        RuleSet rules = rules("""
                  r:
                    on: {event: disk.usage}
                    steps: [{id: x, run: [x], retry: {attempts: 2, delay: 10m}}]
                """);
        performer.fail("x");
        start(rules);
        accept(usage("e1", 1.0));
        await().untilAsserted(() -> assertThat(onlyRun().steps().get("x"))
                .extracting(StepState::status)
                .isEqualTo(StepState.Status.RETRYING));
        crash(rules);
        assertNothingYet();
        clock.move(Duration.ofMinutes(10));
        crash(rules);
        awaitSteps("x");
        assertThat(performer.begun().get(0).attempt()).isEqualTo(2);
    }

    @Test
    void a_question_stays_and_can_be_answered_after_a_crash() throws Exception {
        RuleSet rules = rules("""
                  r:
                    on: {event: disk.usage}
                    steps:
                      - {id: ok, approve: "Go?", timeout: 4h, default: no}
                      - {id: go, if: steps.ok.approved, run: [x]}
                """);
        start(rules);
        accept(usage("e1", 1.0));
        crash(rules);
        List<Question> questions = state.reader().questions();
        assertThat(questions).extracting(Question::text).containsExactly("Go?");
        assertThat(keeper.answer(questions.get(0).run(), "ok", true, "ann")
                        .toCompletableFuture()
                        .get())
                .isTrue();
        awaitSteps("go");
        assertThat(onlyRun().steps())
                .hasEntrySatisfying("ok", step -> assertThat(step.result()).containsEntry("by", "ann"));
        assertThat(state.reader().questions()).isEmpty();
        assertThat(keeper.answer(questions.get(0).run(), "ok", true, "ann")
                        .toCompletableFuture()
                        .get())
                .isFalse();
    }

    @Test
    void a_question_nobody_answers_is_over_after_its_time_although_the_daemon_was_down() throws Exception {
        RuleSet rules = rules("""
                  r:
                    on: {event: disk.usage}
                    steps:
                      - {id: ok, approve: "Go?", timeout: 4h, default: no}
                      - {id: go, if: steps.ok.approved, run: [x]}
                """);
        start(rules);
        accept(usage("e1", 1.0));
        clock.move(Duration.ofHours(5));
        crash(rules);
        await().untilAsserted(() -> assertThat(onlyRun().status()).isEqualTo(Run.Status.SUCCEEDED));
        assertThat(performer.steps()).isEmpty();
    }

    private static final String HELD = """
              r: {on: {state: disk.usage, when: event.data.used_percent > 90.0, for: 30m}, steps: [{id: full, run: [x]}]}
            """;

    @Test
    void a_state_goes_on_being_held() throws Exception {
        start(beside(HELD, "a"));
        accept(usage("e1", 95.0));
        replace(beside(HELD, "b"));
        clock.move(Duration.ofMinutes(20));
        crash(beside(HELD, "b"));
        accept(usage("e2", 95.0));
        assertNothingYet();
        clock.move(Duration.ofMinutes(10));
        accept(usage("e3", 95.0));
        awaitSteps("full");
    }

    @Test
    void a_state_is_held_anew_when_nothing_was_seen_for_more_than_an_hour() throws Exception {
        start(beside(HELD, "a"));
        accept(usage("e1", 95.0));
        clock.move(Duration.ofMinutes(61));
        crash(beside(HELD, "a"));
        accept(usage("e2", 95.0));
        assertNothingYet();
        clock.move(Duration.ofMinutes(30));
        accept(usage("e3", 95.0));
        awaitSteps("full");
    }

    @Test
    void a_state_that_fires_does_not_fire_again_after_a_crash_and_still_ends() throws Exception {
        RuleSet rules = rules("""
                  r:
                    on: {state: disk.usage, when: event.data.used_percent > 90.0}
                    steps: [{id: full, run: [x]}]
                    on_resolve: [{id: over, run: [x]}]
                """);
        start(rules);
        accept(usage("e1", 95.0));
        awaitSteps("full");
        crash(rules);
        accept(usage("e2", 96.0));
        assertNothingYet();
        accept(usage("e3", 50.0));
        awaitSteps("over");
    }

    @Test
    void a_changed_trigger_forgets_and_does_not_remember_when_it_changes_back() throws Exception {
        RuleSet one = rules(HELD);
        RuleSet two = rules(HELD.replace("30m", "31m"));
        start(one);
        accept(usage("e1", 95.0));
        replace(two);
        replace(one);
        clock.move(Duration.ofMinutes(30));
        crash(one);
        accept(usage("e2", 95.0));
        assertNothingYet();
        assertThat(runs()).isEmpty();
        restart(two);
        restart(one);
        clock.move(Duration.ofMinutes(30));
        accept(usage("e3", 95.0));
        assertNothingYet();
    }

    @Test
    void a_changed_step_does_not_make_its_trigger_forget() throws Exception {
        start(rules(HELD));
        accept(usage("e1", 95.0));
        replace(rules(HELD.replace("id: full", "id: other")));
        clock.move(Duration.ofMinutes(30));
        accept(usage("e2", 95.0));
        awaitSteps("other");
    }

    @Test
    void a_debounced_event_comes_after_its_time() throws Exception {
        String rule = "  r: {on: {file: /etc/**, debounce: 10m}, steps: [{id: changed, run: [x]}]}\n";
        start(beside(rule, "a"));
        accept(RuleEvent.of(
                "f1", "/host/a", "file.changed", "/etc", clock.instant(), Map.of("paths", List.of("/etc/a", "/b"))));
        replace(beside(rule, "b"));
        crash(beside(rule, "b"));
        accept(RuleEvent.of(
                "f2", "/host/a", "file.changed", "/etc", clock.instant(), Map.of("paths", List.of("/etc/c"))));
        clock.move(Duration.ofMinutes(10));
        crash(beside(rule, "b"));
        awaitSteps("changed");
        assertThat(performer.begun().get(0).run().event().data()).containsEntry("paths", List.of("/etc/a", "/etc/c"));
    }

    @Test
    void a_throttle_stays_quiet() throws Exception {
        String rule = "  r: {on: {event: disk.usage, throttle: {once_within: 1h}}, steps: [{id: x, run: [x]}]}\n";
        start(beside(rule, "a"));
        accept(usage("e1", 1.0));
        awaitSteps("x");
        replace(beside(rule, "b"));
        crash(beside(rule, "b"));
        accept(usage("e2", 1.0));
        assertNothingYet();
        clock.move(Duration.ofHours(1));
        accept(usage("e3", 1.0));
        awaitSteps("x");
    }

    @Test
    void an_absence_is_told_although_the_daemon_was_down() throws Exception {
        String rule = "  r: {on: {absent: backup.completed, within: 26h}, steps: [{id: missing, run: [x]}]}\n";
        start(beside(rule, "a"));
        // Behind what the start writes, so that it is on the disk.
        accept(usage("e1", 1.0));
        clock.move(Duration.ofHours(20));
        crash(beside(rule, "b"));
        assertNothingYet();
        clock.move(Duration.ofHours(6));
        crash(beside(rule, "b"));
        awaitSteps("missing");
    }

    @Test
    void delta_knows_the_value_before_a_stop() throws Exception {
        RuleSet rules = rules("""
                  r: {on: {event: disk.usage, when: delta(event.data.used_percent) > 0.0}, steps: [{id: grew, run: [x]}]}
                """);
        start(rules);
        accept(usage("e1", 50.0));
        restart(rules);
        accept(usage("e2", 51.0));
        awaitSteps("grew");
    }

    @Test
    void a_run_ends_by_the_rules_it_began_with_over_a_reload_and_a_crash() throws Exception {
        RuleSet old = rules("  r: {on: {event: disk.usage}, steps: [{id: a, run: [x]}, {id: old, run: [x]}]}\n");
        RuleSet changed = rules("  r: {on: {event: disk.usage}, steps: [{id: a, run: [x]}, {id: fresh, run: [x]}]}\n");
        performer.hold("a");
        start(old);
        accept(usage("e1", 1.0));
        awaitSteps("a");
        replace(changed);
        performer.release("a");
        awaitSteps("a", "old");
        accept(usage("e2", 1.0));
        awaitSteps("a", "old", "a", "fresh");
    }

    @Test
    void a_run_ends_by_the_rules_it_began_with_although_the_files_changed_while_the_daemon_was_down() throws Exception {
        RuleSet old = rules("  r: {on: {event: disk.usage}, steps: [{id: w, wait: 1h}, {id: old, run: [x]}]}\n");
        RuleSet gone = rules("  other: {on: {event: disk.usage}, steps: [{id: fresh, run: [x]}]}\n");
        start(old);
        accept(usage("e1", 1.0));
        clock.move(Duration.ofHours(1));
        crash(gone);
        awaitSteps("old");
        accept(usage("e2", 1.0));
        awaitSteps("old", "fresh");
    }

    private static final String SELDOM =
            "  r: {on: {event: disk.usage}, max_runs: 2/h, steps: [{id: x, run: [x], effect: repeatable}]}\n";

    private void assertRuns(int runs, int trips) {
        assertThat(runs()).hasSize(runs);
        assertThat(published)
                .filteredOn(event -> event.type().equals("rule.tripped"))
                .hasSize(trips);
    }

    @Test
    void a_rule_that_ran_too_often_rests_for_an_hour_whatever_restarts() throws Exception {
        start(beside(SELDOM, "a"));
        accept(usage("e1", 1.0));
        accept(usage("e2", 1.0));
        accept(usage("e3", 1.0));
        assertRuns(2, 1);
        crash(beside(SELDOM, "a"));
        accept(usage("e4", 1.0));
        assertRuns(2, 1);
        clock.move(Duration.ofHours(1));
        crash(beside(SELDOM, "a"));
        accept(usage("e5", 1.0));
        assertRuns(3, 1);
    }

    /** Two runs at once are too many; an hour later. */
    private void restHour() throws Exception {
        start(beside(SELDOM, "a"));
        accept(usage("e1", 1.0));
        accept(usage("e2", 1.0));
        accept(usage("e3", 1.0));
        assertRuns(2, 1);
        clock.move(Duration.ofHours(1));
    }

    @Test
    void after_its_rest_a_rule_runs_once_as_a_trial_and_as_before_when_that_succeeds() throws Exception {
        restHour();
        performer.hold("x");
        accept(usage("e4", 1.0));
        accept(usage("e5", 1.0));
        assertRuns(3, 1);
        performer.release("x");
        await().untilAsserted(() -> assertThat(runs().get(0).status()).isEqualTo(Run.Status.SUCCEEDED));
        accept(usage("e6", 1.0));
        assertRuns(4, 1);
    }

    @Test
    void a_rule_whose_trial_fails_rests_for_another_hour_and_nobody_is_told_again() throws Exception {
        restHour();
        performer.fail("x");
        accept(usage("e4", 1.0));
        await().untilAsserted(() -> assertThat(runs().get(0).status()).isEqualTo(Run.Status.FAILED));
        accept(usage("e5", 1.0));
        clock.move(Duration.ofMinutes(59));
        crash(beside(SELDOM, "a"));
        accept(usage("e6", 1.0));
        assertRuns(3, 1);
        clock.move(Duration.ofMinutes(1));
        accept(usage("e7", 1.0));
        assertRuns(4, 1);
    }

    @Test
    void a_trial_goes_on_as_one_after_a_crash() throws Exception {
        restHour();
        performer.hold("x");
        accept(usage("e4", 1.0));
        crash(beside(SELDOM, "a"));
        await().untilAsserted(() -> assertThat(runs().get(0).status()).isEqualTo(Run.Status.SUCCEEDED));
        accept(usage("e5", 1.0));
        accept(usage("e6", 1.0));
        assertRuns(4, 2);
    }

    @Test
    void runs_before_a_crash_count_too() throws Exception {
        start(beside(SELDOM, "a"));
        accept(usage("e1", 1.0));
        accept(usage("e2", 1.0));
        crash(beside(SELDOM, "a"));
        accept(usage("e3", 1.0));
        assertRuns(2, 1);
    }
}
