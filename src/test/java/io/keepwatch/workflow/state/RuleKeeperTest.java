package io.keepwatch.workflow.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.engine.Silence;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is promised of events and runs, over stops and crashes. */
class RuleKeeperTest extends KeeperFixture {
    private static final RuleSet STEPS = rules("""
              r:
                on: {event: raid.degraded}
                steps:
                  - {id: safe, backup: /etc}
                  - {id: once, run: [failover]}
                  - {id: again, run: [reload], effect: repeatable}
                on_failure: [{id: told, notify: ops, with: {text: "${error.status}"}}]
            """);

    private void awaitSteps(String... steps) {
        await().untilAsserted(() -> assertThat(performer.steps()).containsExactly(steps));
    }

    private void awaitEnd(Run.Status status) {
        await().untilAsserted(
                        () -> assertThat(runs()).extracting(RunSummary::status).containsOnly(status));
    }

    @Test
    void an_event_is_accepted_when_its_run_is_on_the_disk() throws Exception {
        start(STEPS);
        performer.hold("safe");
        accept(degraded("e1"));
        try (StateReader elsewhere = StateReader.open(folder.resolve("state"))) {
            assertThat(elsewhere.runs(RunQuestion.newest(9)))
                    .extracting(RunSummary::eventId)
                    .containsExactly("e1");
            assertThat(elsewhere.event("e1")).hasSize(1);
        }
    }

    @Test
    void an_event_that_concerns_no_rule_touches_no_disk() throws Exception {
        start(STEPS);
        status();
        long before = state.writes();
        for (int i = 0; i < 100; i++) {
            accept(usage("u" + i, 95.0));
        }
        assertThat(status().events()).isEqualTo(100);
        assertThat(state.writes()).isEqualTo(before);
        accept(degraded("e1"));
        assertThat(state.writes()).isGreaterThan(before);
    }

    @Test
    void the_same_event_starts_a_run_once_whatever_happens_in_between() throws Exception {
        start(STEPS);
        accept(degraded("e1"));
        accept(degraded("e1"));
        awaitEnd(Run.Status.SUCCEEDED);
        crash(STEPS);
        accept(degraded("e1"));
        restart(STEPS);
        accept(degraded("e1"));
        assertThat(runs()).hasSize(1);
        accept(degraded("e2"));
        assertThat(runs()).hasSize(2);
    }

    @Test
    void after_a_crash_a_run_goes_on_at_its_first_step_without_a_result() throws Exception {
        performer.hold("again");
        start(STEPS);
        accept(degraded("e1"));
        awaitSteps("safe", "once", "again");
        String key = performer.begun().get(2).idempotencyKey();
        crash(STEPS);
        awaitSteps("again");
        assertThat(performer.begun().get(0).idempotencyKey()).isEqualTo(key);
        awaitEnd(Run.Status.SUCCEEDED);
    }

    @Test
    void a_program_that_must_not_be_repeated_is_uncertain_after_a_crash_and_told() throws Exception {
        performer.hold("once");
        start(STEPS);
        accept(degraded("e1"));
        awaitSteps("safe", "once");
        crash(STEPS);
        awaitSteps("told");
        assertThat(performer.begun().get(0).with()).containsEntry("text", "uncertain");
        awaitEnd(Run.Status.UNCERTAIN);
    }

    @Test
    void runs_of_one_key_stay_in_their_order_over_a_crash() throws Exception {
        performer.hold("safe");
        start(STEPS);
        for (String id : List.of("e1", "e2", "e3")) {
            accept(degraded(id));
        }
        crash(STEPS);
        awaitEnd(Run.Status.SUCCEEDED);
        assertThat(performer.begun().stream()
                        .filter(task -> task.step().id().equals("safe"))
                        .map((Task task) -> task.run().event().id()))
                .containsExactly("e1", "e2", "e3");
    }

    @Test
    void what_a_step_emits_starts_other_rules_in_the_same_transaction() throws Exception {
        start(rules("""
                  first: {on: {event: raid.degraded}, steps: [{id: out, emit: array.bad, data: {n: 7}}]}
                  second: {on: {event: array.bad, when: event.data.n == 7}, steps: [{id: seen, run: [x]}]}
                """));
        accept(degraded("e1"));
        // Both runs are there when the first event is accepted.
        assertThat(runs()).extracting(RunSummary::rule).containsExactly("second", "first");
        awaitSteps("seen");
        assertThat(published).extracting(RuleEvent::type).contains("array.bad", "run.finished");
    }

    @Test
    void an_event_that_is_too_large_is_not_emitted_and_its_step_fails() throws Exception {
        start(rules("""
                  r: {on: {event: raid.degraded}, steps: [{emit: much.data, data: {a: "${event.data.detail}", b: "${event.data.detail}"}}]}
                  other: {on: {event: much.data}, steps: [{id: never, run: [x]}]}
                """));
        accept(RuleEvent.of(
                "e1", "/host/a", "raid.degraded", "md0", clock.instant(), Map.of("detail", "x".repeat(200_000))));
        assertThat(runs()).singleElement().satisfies(run -> {
            assertThat(run.status()).isEqualTo(Run.Status.FAILED);
            assertThat(run.problem()).contains("larger than 256 KiB");
        });
    }

    @Test
    void that_the_host_has_too_many_runs_is_logged_once() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(RuleKeeper.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            start(rules("  r: {on: {event: raid.degraded}, mode: shadow, max_runs: 10000/h, steps: [{run: [x]}]}\n"));
            CompletableFuture<?>[] accepted = IntStream.range(0, 605)
                    .mapToObj(i -> keeper.accept(degraded("e" + i)).toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(accepted).get(30, TimeUnit.SECONDS);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(status().dropped()).isEqualTo(5);
        assertThat(log.list)
                .filteredOn(line -> line.getLevel() == Level.WARN)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .startsWith("rules began more runs within a minute than this host is to have")
                        .contains("`keepwatch runs` shows which"));
    }

    @Test
    void events_of_rules_name_the_host() throws Exception {
        start(rules("""
                  r: {on: {event: raid.degraded}, steps: [{emit: array.bad, data: {n: 1}}]}
                  s: {on: {event: run.finished, when: event.subject == "r" && event.data.host == "a"}, max_runs: 9/h, steps: [{id: told, run: [x]}]}
                """));
        accept(degraded("e1"));
        awaitSteps("told");
        assertThat(published)
                .filteredOn(event -> event.type().equals("array.bad"))
                .singleElement()
                .satisfies(event -> assertThat(event.data()).containsEntry("host", "a"));
    }

    @Test
    void a_message_of_a_run_that_gives_way_is_stopped_and_the_newer_run_does_not_wait_for_it() throws Exception {
        performer.hold("tell");
        start(rules("""
                  r: {on: {event: raid.degraded}, concurrency: {policy: replace, replace_running: true},
                      steps: [{id: tell, notify: ops, with: {text: x}}]}
                """));
        accept(degraded("e1"));
        awaitSteps("tell");
        accept(degraded("e2"));
        awaitSteps("tell", "tell");
        assertThat(performer.stopped())
                .containsExactly(performer.begun().get(0).run().id());
    }

    @Test
    void a_newer_run_may_stop_the_one_under_way() throws Exception {
        performer.hold("x");
        start(rules("""
                  r: {on: {event: raid.degraded}, concurrency: {policy: replace, replace_running: true},
                      steps: [{id: x, run: [x]}]}
                """));
        accept(degraded("e1"));
        awaitSteps("x");
        accept(degraded("e2"));
        await().untilAsserted(() -> assertThat(performer.stopped())
                .containsExactly(performer.begun().get(0).run().id()));
        awaitSteps("x", "x");
    }

    @Test
    void silences_and_once_within_survive() throws Exception {
        RuleSet rules = rules("""
                  r: {on: {event: raid.degraded}, steps: [{id: daily, run: [x], once_within: 1d}, {id: told, notify: ops, with: {text: hello}}]}
                """);
        start(rules);
        accept(degraded("e1"));
        awaitSteps("daily", "told");
        keeper.silence(new Silence("s", "r", "*", clock.instant().plus(Duration.ofHours(1)), "work"))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        crash(rules);
        assertThat(state.reader().silences(clock.instant()))
                .extracting(Silence::comment)
                .containsExactly("work");
        accept(degraded("e2"));
        await().untilAsserted(() -> assertThat(runs().get(0).status()).isEqualTo(Run.Status.SUCCEEDED));
        assertThat(performer.steps()).isEmpty();
        clock.move(Duration.ofDays(1));
        accept(degraded("e3"));
        awaitSteps("daily", "told");
    }

    @Test
    void an_event_that_is_not_what_its_type_says_is_a_dead_letter() throws Exception {
        start(rules("  r: {on: {event: disk.usage, when: event.data.used_percent > 1.0}, steps: [{run: [x]}]}\n"));
        accept(RuleEvent.of("bad", "/host/a", "disk.usage", "/var", clock.instant(), Map.of("used_percent", "much")));
        accept(RuleEvent.of("odd", "/host/a", "no.such", "/var", clock.instant(), Map.of()));
        assertThat(status().deadLetters()).isEqualTo(2);
        assertThat(runs()).isEmpty();
        await().untilAsserted(() -> assertThat(state.reader().deadLetters(9))
                .extracting(DeadLetter::problem)
                .containsExactly("there is no event type \"no.such\"", "data.used_percent is not a number but String"));
        accept(usage("good", 2.0));
        assertThat(runs()).hasSize(1);
    }

    @Test
    void events_that_are_too_large_or_too_deep_are_refused() throws Exception {
        start(STEPS);
        Object deep = "x";
        for (int i = 0; i < 40; i++) {
            deep = List.of(deep);
        }
        RuleEvent tooDeep = RuleEvent.of("d", "/host/a", "webhook.x", "", clock.instant(), Map.of("body", deep));
        RuleEvent tooLarge =
                RuleEvent.of("l", "/host/a", "webhook.x", "", clock.instant(), Map.of("body", "x".repeat(300_000)));
        for (RuleEvent refused : List.of(tooDeep, tooLarge)) {
            assertThatThrownBy(() -> accept(refused)).hasCauseInstanceOf(EventRefusedException.class);
        }
        assertThat(status().refused()).isEqualTo(2);
        accept(RuleEvent.of("ok", "/host/a", "webhook.x", "", clock.instant(), Map.of("body", "x".repeat(200_000))));
    }

    @Test
    void after_the_end_nothing_is_taken() throws Exception {
        start(STEPS);
        keeper.close();
        assertThatThrownBy(() -> accept(degraded("e1"))).hasCauseInstanceOf(EventRefusedException.class);
    }

    @Test
    void runs_are_found_by_their_time_however_many_are_newer() throws Exception {
        start(rules("""
                  a: {on: {event: raid.degraded}, steps: [{id: x, run: [x]}]}
                """));
        accept(degraded("old"));
        Instant from = clock.instant();
        clock.move(Duration.ofHours(1));
        accept(degraded("wanted"));
        clock.move(Duration.ofHours(1));
        Instant to = clock.instant();
        clock.move(Duration.ofHours(1));
        accept(degraded("newer"));
        accept(degraded("newest"));
        RunQuestion question = new RunQuestion(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(from), Optional.of(to), 1);
        assertThat(state.reader().runs(question))
                .extracting(RunSummary::eventId)
                .containsExactly("wanted");
    }

    @Test
    void runs_are_found_by_rule_and_status_page_by_page() throws Exception {
        start(rules("""
                  a: {on: {event: raid.degraded}, steps: [{id: x, run: [x]}]}
                  b: {on: {event: raid.degraded}, steps: [{id: bad, run: [x]}]}
                """));
        performer.fail("bad");
        for (int i = 0; i < 5; i++) {
            accept(degraded("e" + i));
        }
        await().until(() -> status().open() == 0);
        StateReader reader = state.reader();
        List<RunSummary> first = reader.runs(new RunQuestion(
                Optional.of("a"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 3));
        List<RunSummary> second = reader.runs(new RunQuestion(
                Optional.of("a"),
                Optional.empty(),
                Optional.of(first.get(2).id()),
                Optional.empty(),
                Optional.empty(),
                3));
        assertThat(first).extracting(RunSummary::eventId).containsExactly("e4", "e3", "e2");
        assertThat(second).extracting(RunSummary::eventId).containsExactly("e1", "e0");
        assertThat(reader.runs(new RunQuestion(
                        Optional.empty(),
                        Optional.of("FAILED"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        99)))
                .hasSize(5)
                .allSatisfy(run -> assertThat(run.rule()).isEqualTo("b"));
        assertThat(reader.activity())
                .extracting(RuleActivity::rule, RuleActivity::runs, RuleActivity::unsuccessful)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", 5, 0), org.assertj.core.groups.Tuple.tuple("b", 5, 5));
        assertThat(reader.events(clock.instant().minusSeconds(60), 3))
                .extracting(RuleEvent::id)
                .containsExactly("e0", "e1", "e2");
    }

    @Test
    void of_more_than_a_hundred_runs_that_wait_the_oldest_gives_way_and_says_so() throws Exception {
        RuleSet rules = rules("  r: {on: {event: raid.degraded}, max_runs: 1000/h, steps: [{id: x, backup: /etc}]}\n");
        performer.hold("x");
        start(rules);
        for (int i = 1; i <= 102; i++) {
            accept(degraded("e" + i));
        }
        assertThat(runs())
                .filteredOn(run -> run.ended().isPresent())
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.eventId()).isEqualTo("e2");
                    assertThat(run.status()).isEqualTo(Run.Status.CANCELLED);
                    assertThat(run.problem()).isEqualTo("a newer run took its place");
                });
        performer.release("x");
        await().untilAsserted(() -> assertThat(runs())
                .filteredOn(run -> run.status() == Run.Status.SUCCEEDED)
                .hasSize(101));
    }

    @Test
    void each_item_of_a_list_has_its_own_key_that_a_crash_does_not_change() throws Exception {
        RuleSet rules = rules("""
                  r:
                    on: {event: raid.degraded}
                    steps: [{id: all, foreach: "${['a', 'b']}", steps: [{id: x, backup: "/srv/${item}"}]}]
                """);
        start(rules);
        accept(degraded("e0"));
        await().untilAsserted(() -> assertThat(performer.begun()).hasSize(2));
        String run = onlyRun().id();
        assertThat(performer.begun())
                .extracting(Task::idempotencyKey)
                .containsExactly(run + "/all/0/x", run + "/all/1/x");
        performer.hold("x");
        accept(degraded("e1"));
        await().untilAsserted(() -> assertThat(performer.begun()).hasSize(3));
        String key = performer.begun().get(2).idempotencyKey();
        crash(rules);
        await().untilAsserted(() -> assertThat(performer.begun())
                .first()
                .extracting(Task::idempotencyKey)
                .isEqualTo(key));
    }
}
