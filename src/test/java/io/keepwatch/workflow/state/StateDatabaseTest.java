package io.keepwatch.workflow.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.sqlite.own.Database;
import io.keepwatch.workflow.engine.Changes;
import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.engine.StepState;
import io.keepwatch.workflow.rule.Revision;
import io.keepwatch.workflow.rule.RuleText;
import io.keepwatch.workflow.type.RuleEvent;
import io.keepwatch.workflow.type.TraceParent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDatabaseTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Revision RULES = Revision.of(List.of(new RuleText("r.yml", "version: 1")));

    @TempDir
    Path folder;

    private static Run run(int number, Run.Status status, Map<String, StepState> steps) {
        RuleEvent event = RuleEvent.of("e" + number, "/host/a", "disk.usage", "/var", NOW, Map.of("n", (long) number));
        return new Run(
                "run-" + number,
                "r",
                "k",
                event,
                Optional.of(event),
                false,
                RULES.hash(),
                NOW.plusSeconds(number),
                status,
                steps,
                "");
    }

    private static void write(StateDatabase state, List<Run> runs, Instant at) {
        Decided decided = new Decided();
        decided.add(new Changes(Map.of(), Set.of(), runs, Map.of(), List.of(), List.of(), List.of()), RULES, at);
        runs.forEach(run -> state.know(RunIdentity.of(run)));
        state.commit(decided).join();
    }

    private static StepState step(StepState.Status status, Map<String, Object> result) {
        return new StepState(status, 2, Optional.of(NOW), result);
    }

    @Test
    void a_run_comes_back_with_its_steps_in_their_order() {
        Map<String, StepState> steps = new LinkedHashMap<>();
        for (String path : List.of("z", "fan", "fan/1/a", "fan/0/a", "b")) {
            steps.put(path, step(StepState.Status.SUCCEEDED, Map.of("path", path, "double", 1.0, "long", 1L)));
        }
        Run run = run(1, Run.Status.RUNNING, steps);
        try (StateDatabase state = StateDatabase.open(folder)) {
            write(state, List.of(run(1, Run.Status.QUEUED, Map.of())), NOW);
            write(state, List.of(run), NOW);
        }
        try (StateDatabase state = StateDatabase.open(folder)) {
            Run found = state.reader().run("run-1").orElseThrow();
            assertThat(found).isEqualTo(run);
            assertThat(found.steps().keySet()).containsExactlyElementsOf(steps.keySet());
            assertThat(state.isKnown(RunIdentity.of(run))).isTrue();
        }
    }

    @Test
    void an_event_that_two_rules_saw_differently_is_kept_as_each_saw_it() {
        Run whole = run(1, Run.Status.RUNNING, Map.of());
        RuleEvent part = RuleEvent.of("e1", "/host/a", "disk.usage", "/var", NOW, Map.of("n", 99L));
        Run other = new Run(
                "run-2",
                "other",
                "k",
                part,
                Optional.empty(),
                true,
                RULES.hash(),
                NOW,
                Run.Status.QUEUED,
                Map.of(),
                "");
        try (StateDatabase state = StateDatabase.open(folder)) {
            write(state, List.of(whole, other), NOW);
            assertThat(state.reader().run("run-1").orElseThrow()).isEqualTo(whole);
            assertThat(state.reader().run("run-2").orElseThrow()).isEqualTo(other);
            assertThat(state.reader().event("e1")).containsExactly(whole.event());
        }
    }

    @Test
    void runs_are_forgotten_after_thirty_days_with_their_events_and_rules_but_open_ones_stay() {
        Instant later = NOW.plus(Duration.ofDays(31));
        try (StateDatabase state = StateDatabase.open(folder)) {
            write(state, List.of(run(1, Run.Status.FAILED, Map.of("a", step(StepState.Status.FAILED, Map.of())))), NOW);
            write(state, List.of(run(2, Run.Status.SUCCEEDED, Map.of())), later);
            state.prune(later).join();
            assertThat(state.reader().runs(RunQuestion.newest(9)))
                    .extracting(RunSummary::id)
                    .containsExactly("run-2");
            assertThat(state.reader().event("e1")).isEmpty();
            assertThat(state.isKnown(RunIdentity.of(run(1, Run.Status.FAILED, Map.of()))))
                    .isFalse();
            write(state, List.of(run(3, Run.Status.RUNNING, Map.of())), later);
            state.prune(later.plus(Duration.ofDays(31))).join();
            assertThat(state.reader().runs(RunQuestion.newest(9)))
                    .extracting(RunSummary::id)
                    .containsExactly("run-3");
            assertThat(revision(state)).isEqualTo(RULES);
        }
    }

    private static Revision revision(StateDatabase state) {
        return state.reader().pool().read(database -> RunRows.revision(database, RULES.hash()));
    }

    @Test
    void no_more_than_ten_thousand_runs_are_kept() {
        try (StateDatabase state = StateDatabase.open(folder)) {
            List<Run> runs = new java.util.ArrayList<>();
            for (int i = 0; i < Pruning.RUNS_KEPT + 700; i++) {
                runs.add(run(i, Run.Status.SUCCEEDED, Map.of()));
            }
            write(state, runs, NOW);
            state.prune(NOW).join();
            assertThat(state.knownRuns()).isEqualTo(Pruning.RUNS_KEPT);
            List<RunSummary> kept = state.reader().runs(RunQuestion.newest(20_000));
            assertThat(kept).hasSize(Pruning.RUNS_KEPT);
            assertThat(kept.get(kept.size() - 1).id()).isEqualTo("run-700");
            assertThat(state.reader().event("e699")).isEmpty();
            assertThat(state.reader().event("e700")).hasSize(1);
        }
    }

    @Test
    void a_rule_revision_that_was_pruned_is_written_again_with_the_next_run() {
        Instant later = NOW.plus(Duration.ofDays(31));
        try (StateDatabase state = StateDatabase.open(folder)) {
            write(state, List.of(run(1, Run.Status.FAILED, Map.of())), NOW);
            state.prune(later).join();
            assertThat(revision(state).texts()).isEmpty();
            write(state, List.of(run(2, Run.Status.RUNNING, Map.of())), later);
            assertThat(revision(state)).isEqualTo(RULES);
        }
    }

    @Test
    void a_file_that_is_no_database_says_what_to_do() throws Exception {
        Files.writeString(
                folder.resolve("state.db"), "not a database at all, but long enough to be looked at".repeat(99));
        assertThatThrownBy(() -> StateDatabase.open(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContainingAll(folder.resolve("state.db").toString(), "damaged", "move it");
    }

    @Test
    void a_newer_file_names_both_versions() throws Exception {
        StateDatabase.open(folder).close();
        try (Database database = Database.openWritable(folder.resolve("state.db"))) {
            database.execute("PRAGMA user_version = 77");
        }
        assertThatThrownBy(() -> StateDatabase.open(folder)).hasMessageContainingAll("version 77", "newer Keepwatch");
    }

    @Test
    void a_reader_without_a_file_names_it() {
        try (StateReader reader = StateReader.open(folder)) {
            assertThatThrownBy(reader::questions).hasMessageContainingAll("state.db", "keepwatch run");
        }
    }

    @Test
    void dead_letters_are_bounded() {
        try (StateDatabase state = StateDatabase.open(folder)) {
            for (int i = 0; i < DeadLetters.KEPT + 5; i++) {
                DeadLetter letter = new DeadLetter(NOW, "p" + i, "/s", "id", "t", "{}");
                if (i == DeadLetters.KEPT + 4) {
                    state.bury(letter).join();
                } else {
                    state.bury(letter).exceptionally(e -> {
                        throw new IllegalStateException(e);
                    });
                }
            }
            assertThat(state.reader().deadLetters(5_000))
                    .hasSize(DeadLetters.KEPT)
                    .first()
                    .extracting(DeadLetter::problem)
                    .isEqualTo("p" + (DeadLetters.KEPT + 4));
        }
    }

    @Test
    void a_message_is_owed_until_it_is_delivered_or_given_up() throws Exception {
        Delivery first = new Delivery(
                "run/hook",
                "ops",
                "text/plain",
                "ü",
                NOW,
                0,
                NOW,
                "",
                TraceParent.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        Delivery second =
                new Delivery("run/other", "ops", "text/plain", "b", NOW, 0, NOW.plusSeconds(5), "", Optional.empty());
        try (StateDatabase state = StateDatabase.open(folder)) {
            Outbox outbox = state.outbox();
            assertThat(outbox.next()).isEmpty();
            assertThat(outbox.add(first)).isTrue();
            assertThat(outbox.add(first.postponed(NOW.plusSeconds(99), "changed")))
                    .isFalse();
            assertThat(outbox.add(second)).isTrue();
        }
        try (StateDatabase state = StateDatabase.open(folder)) {
            Outbox outbox = state.outbox();
            assertThat(outbox.waiting()).isEqualTo(2);
            assertThat(outbox.next()).hasValue(NOW);
            assertThat(outbox.due(NOW, 9)).containsExactly(first);
            Delivery later = first.postponed(NOW.plusSeconds(60), "503");
            outbox.postpone(later);
            assertThat(outbox.due(NOW.plusSeconds(60), 9)).containsExactly(later, second);
            outbox.delivered("run/other", 204, NOW);
            outbox.givenUp("run/hook", "410", NOW);
            outbox.postpone(later);
            try (Database raw = Database.openReadOnly(folder.resolve("state.db"))) {
                assertThat(raw.number("SELECT count(*) FROM delivery")).isEqualTo(2);
                assertThat(raw.number("SELECT sum(length(body)) FROM delivery"))
                        .as("bytes of what is owed no more")
                        .isZero();
            }
            assertThat(outbox.waiting()).isZero();
            assertThat(outbox.next()).isEmpty();
            assertThat(outbox.add(first)).as("still known").isFalse();
            state.prune(NOW.plus(Duration.ofDays(31))).join();
            assertThat(outbox.add(first)).as("forgotten").isTrue();
        }
    }
}
