package io.keepwatch.workflow.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.type.RuleEvent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Differences to the backup take time, and only the run that asks for one waits. */
class DifferenceTest extends KeeperFixture {
    private static final RuleSet RULES = rules("""
              changed:
                on: {file: "/etc/**"}
                steps:
                  - {id: told, notify: ops, once_within: 1d, with: {text: "${diff(event.data.paths)}"}}
              other:
                on: {event: raid.degraded}
                steps: [{id: seen, notify: ops, with: {text: seen}}]
            """);

    private final List<CompletableFuture<String>> asked = new CopyOnWriteArrayList<>();

    @Override
    CompletionStage<String> difference(List<String> paths) {
        assertThat(paths).containsExactly("/etc/a");
        CompletableFuture<String> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    private RuleEvent changed(String id) {
        Map<String, Object> data = Map.of("root", "etc", "paths", List.of("/etc/a"), "count", 1L);
        return RuleEvent.of(id, "/host/a", "file.changed", "/etc", clock.instant(), data);
    }

    private void awaitSteps(String... steps) {
        await().untilAsserted(() -> assertThat(performer.steps()).containsExactly(steps));
    }

    private void awaitAsked(int times) {
        await().untilAsserted(() -> assertThat(asked).hasSize(times));
    }

    @Test
    void other_rules_run_while_a_difference_is_looked_up() throws Exception {
        start(RULES);
        accept(changed("e1"));
        awaitAsked(1);
        accept(degraded("e2"));
        awaitSteps("seen");
        asked.get(0).complete("-old\n+new\n");
        awaitSteps("seen", "told");
        assertThat(performer.begun())
                .filteredOn(task -> task.step().id().equals("told"))
                .singleElement()
                .extracting(Task::with)
                .isEqualTo(Map.of("text", "-old\n+new\n"));
        assertThat(asked).hasSize(1);
    }

    @Test
    void one_that_cannot_be_had_is_told_in_its_place() throws Exception {
        start(RULES);
        accept(changed("e1"));
        awaitAsked(1);
        asked.get(0).completeExceptionally(new IOException("the catalog is gone"));
        awaitSteps("told");
        assertThat(performer.begun().get(0).with().toString()).contains("the catalog is gone");
    }

    @Test
    void a_run_that_waits_for_one_asks_again_after_a_crash() throws Exception {
        start(RULES);
        accept(changed("e1"));
        awaitAsked(1);
        crash(RULES);
        awaitAsked(2);
        asked.get(1).complete("+new\n");
        awaitSteps("told");
        await().untilAsserted(
                        () -> assertThat(runs()).extracting(RunSummary::status).containsExactly(Run.Status.SUCCEEDED));
    }

    @Test
    void conditions_questions_lists_and_events_may_ask_for_one_too() throws Exception {
        start(rules("""
                  r:
                    on: {file: "/etc/**"}
                    steps:
                      - {id: no, if: 'diff(event.data.paths) == ""', run: [touch]}
                      - {id: cut, if: '1 / size(diff(event.data.paths)) == 0', run: [echo, "${diff(event.data.paths)}"]}
                      - {id: ok, approve: "Keep ${diff(event.data.paths)}?"}
                """));
        accept(changed("e1"));
        awaitAsked(1);
        asked.get(0).complete("+new");
        awaitSteps("cut");
        await().untilAsserted(() -> assertThat(state.reader().questions())
                .extracting(Question::text)
                .containsExactly("Keep +new?"));
        assertThat(asked).hasSize(1);
    }
}
