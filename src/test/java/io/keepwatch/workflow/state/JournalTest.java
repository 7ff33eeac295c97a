package io.keepwatch.workflow.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keepwatch.sqlite.own.Database;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Commits that do not succeed at first. */
class JournalTest extends KeeperFixture {
    private final RuleSet rules = rules("""
              r:
                on: {event: raid.degraded}
                steps:
                  - {id: first, run: [x]}
                  - {id: tell, emit: md.told, data: {n: 1}}
            """);

    private CompletableFuture<Void> give(String id, String array) {
        return keeper.accept(
                        RuleEvent.of(id, "/host/a", "raid.degraded", array, clock.instant(), Map.of("array", array)))
                .toCompletableFuture();
    }

    private Database another() throws Exception {
        return Database.openWritable(folder.resolve("state").resolve("state.db"));
    }

    private void assertNothingDone(CompletableFuture<Void> accepted) {
        assertThat(accepted).isNotDone();
        assertThat(performer.steps()).isEmpty();
        assertThat(published).isEmpty();
        assertThat(runs()).isEmpty();
    }

    private void assertAllDone(CompletableFuture<?>... accepted) throws Exception {
        CompletableFuture.allOf(accepted).get(20, TimeUnit.SECONDS);
        await().until(() -> status().open() == 0);
        await().untilAsserted(() -> assertThat(runs())
                .hasSize(accepted.length)
                .allSatisfy(run -> assertThat(run.ended()).isPresent()));
        assertThat(performer.steps()).hasSize(accepted.length).containsOnly("first");
        assertThat(published)
                .extracting(RuleEvent::type)
                .containsOnly("md.told", "run.finished")
                .hasSize(2 * accepted.length);
    }

    @Test
    void a_commit_that_is_refused_is_tried_again_and_nothing_is_done_before() throws Exception {
        start(rules);
        try (Database other = another()) {
            other.execute("CREATE TRIGGER refuse BEFORE INSERT ON run BEGIN SELECT RAISE(ABORT, 'refused'); END");
            long before = state.writes();
            CompletableFuture<Void> first = give("e1", "md0");
            await().until(() -> state.writes() >= before + 1);
            CompletableFuture<Void> second = give("e2", "md1");
            await().until(() -> state.writes() >= before + 3);
            assertNothingDone(first);
            assertNothingDone(second);
            other.execute("DROP TRIGGER refuse");
            assertAllDone(first, second);
        }
    }

    @Test
    void a_database_that_is_locked_by_another_program_holds_up_and_loses_nothing() throws Exception {
        start(rules);
        try (Database other = another()) {
            other.execute("BEGIN IMMEDIATE");
            long before = state.writes();
            CompletableFuture<Void> accepted = give("e1", "md0");
            // SQLite waits five seconds for the lock each time.
            await().atMost(Duration.ofSeconds(60)).until(() -> state.writes() >= before + 2);
            assertNothingDone(accepted);
            other.execute("COMMIT");
            assertAllDone(accepted);
        }
    }

    @Test
    void what_was_decided_while_a_commit_fails_is_there_after_a_crash_once_it_was_told() throws Exception {
        start(rules);
        performer.hold("first");
        try (Database other = another()) {
            other.execute("CREATE TRIGGER refuse BEFORE INSERT ON run BEGIN SELECT RAISE(ABORT, 'refused'); END");
            long before = state.writes();
            CompletableFuture<Void> accepted = give("e1", "md0");
            await().until(() -> state.writes() >= before + 2);
            other.execute("DROP TRIGGER refuse");
            accepted.get(20, TimeUnit.SECONDS);
        }
        crash(rules);
        assertThat(runs()).extracting(RunSummary::eventId).isEqualTo(List.of("e1"));
    }
}
