package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RuleRoutesTest extends ServedRoutes {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final OneRule rules = new OneRule();

    /** One rule with one run that waits for an answer. */
    private static final class OneRule implements RulesView {
        private final List<Silence> silences = new ArrayList<>();
        private final List<String> answers = new ArrayList<>();
        private Optional<RunQuery> asked = Optional.empty();

        private static <T> CompletionStage<T> done(T value) {
            return CompletableFuture.completedFuture(value);
        }

        private static Run run() {
            return new Run(
                    "01",
                    "raid",
                    "md0",
                    "raid.state",
                    "md0",
                    false,
                    "running",
                    NOW,
                    Optional.empty(),
                    Optional.empty());
        }

        @Override
        public CompletionStage<Rules> rules() {
            LastRun last = new LastRun("01", "running", NOW);
            return done(new Rules(
                    List.of(new Rule(
                            "raid",
                            "raid.yml:3",
                            "",
                            "on",
                            Optional.of("raid.state"),
                            true,
                            1,
                            Optional.of(last),
                            Optional.empty())),
                    List.of(new Mistake("b.yml", 1, 2, "the key is not known", "remove it"))));
        }

        @Override
        public CompletionStage<Reload> reload() {
            return done(new Reload(true, 1, List.of()));
        }

        @Override
        public CompletionStage<Page<Run>> runs(RunQuery query, PageRequest page) {
            asked = Optional.of(query);
            return done(new Page<>(List.of(run()), Optional.of("01")));
        }

        @Override
        public CompletionStage<Optional<RunDetail>> run(String id) {
            CloudEvent event = CloudEvent.of("1", "/host/a/raid", "raid.state", "md0", NOW, Map.of("degraded", true));
            Step step = new Step("ok", "waiting", 1, Optional.of(NOW), Optional.empty(), Map.of("question", "Sure?"));
            return done(id.equals("01") ? Optional.of(new RunDetail(run(), event, List.of(step))) : Optional.empty());
        }

        @Override
        public CompletionStage<Optional<List<Verdict>>> explain(String rule) {
            CloudEvent event = CloudEvent.of("1", "/host/a/raid", "raid.state", "md0", NOW, Map.of("degraded", true));
            Part part = new Part("when", "event.data.degraded", "true");
            return done(
                    rule.equals("raid")
                            ? Optional.of(List.of(new Verdict(event, true, "the condition holds", List.of(part))))
                            : Optional.empty());
        }

        @Override
        public CompletionStage<Optional<Replayed>> replay(String event, String by) {
            answers.add(event + " again by " + by);
            return done(
                    event.equals("run/a b")
                            ? Optional.of(new Replayed("2", event, "raid.state", "md0", List.of("01")))
                            : Optional.empty());
        }

        @Override
        public CompletionStage<List<Approval>> approvals() {
            return done(List.of(new Approval("01", "ok", "raid", "Sure?", NOW, Optional.empty(), false)));
        }

        @Override
        public CompletionStage<Boolean> answer(Decision decision, String by) {
            answers.add(decision.run() + " " + decision.step() + " " + decision.approved() + " by " + by);
            return done(decision.run().equals("01"));
        }

        @Override
        public CompletionStage<List<Silence>> silences() {
            return done(List.copyOf(silences));
        }

        @Override
        public CompletionStage<Silence> silence(SilenceOrder order, String by) {
            Silence silence = new Silence("s1", order.rule(), order.subject(), order.until(), order.comment());
            silences.add(silence);
            return done(silence);
        }

        @Override
        public CompletionStage<Boolean> unsilence(String id) {
            return done(silences.removeIf(silence -> silence.id().equals(id)));
        }
    }

    private Calls api() {
        return new Calls(serve(Access.open(), new RuleRoutes(Optional.of(rules))));
    }

    @Test
    void rules_and_runs_are_shown() throws Exception {
        Calls api = api();
        assertThat(api.get("/rules", "/rules").at("/items/0/last_run/id").asText())
                .isEqualTo("01");
        JsonNode runs = api.get("/runs", "/runs?rule=raid&status=running");
        assertThat(runs.get("next").asText()).isEqualTo("01");
        assertThat(rules.asked).map(RulesView.RunQuery::rule).hasValue(Optional.of("raid"));
        assertThat(api.get("/runs/{id}", "/runs/01")
                        .at("/steps/0/result/question")
                        .asText())
                .isEqualTo("Sure?");
        api.send("GET /runs/{id}", "/runs/02", "", 404);
        api.send("GET /runs", "/runs?status=lost", "", 400);
        JsonNode verdict =
                api.get("/rules/{name}/explain", "/rules/raid/explain").at("/items/0");
        assertThat(verdict.at("/event/subject").asText()).isEqualTo("md0");
        assertThat(verdict.at("/parts/0/value").asText()).isEqualTo("true");
        api.send("GET /rules/{name}/explain", "/rules/ghost/explain", "", 404);
        assertThat(api.send("POST /reload", "/reload", "", 200).get("accepted").asBoolean())
                .isTrue();
    }

    @Test
    void a_question_is_answered_in_the_name_of_who_asks() throws Exception {
        Calls api = api();
        assertThat(api.get("/approvals", "/approvals").at("/items/0/question").asText())
                .isEqualTo("Sure?");
        api.send("POST /approvals", "/approvals", "{\"run\": \"01\", \"step\": \"ok\", \"approved\": true}", 204);
        api.send("POST /approvals", "/approvals", "{\"run\": \"02\", \"step\": \"ok\", \"approved\": true}", 404);
        assertThat(api.send("POST /approvals", "/approvals", "{\"run\": \"01\", \"step\": \"ok\"}", 400)
                        .get("detail")
                        .asText())
                .contains("approved");
        assertThat(rules.answers).containsExactly("01 ok true by loopback", "02 ok true by loopback");
    }

    @Test
    void an_event_is_replayed_whatever_its_id_looks_like() throws Exception {
        Calls api = api();
        JsonNode replayed = api.send("POST /events/{id}/replay", "/events/run%2Fa%20b/replay", "", 202);
        assertThat(replayed.get("causation").asText()).isEqualTo("run/a b");
        assertThat(replayed.at("/runs/0").asText()).isEqualTo("01");
        assertThat(api.send("POST /events/{id}/replay", "/events/3/replay", "", 404)
                        .get("detail")
                        .asText())
                .contains("no event \"3\" is kept");
        assertThat(rules.answers).containsExactly("run/a b again by loopback", "3 again by loopback");
    }

    @Test
    void a_silence_begins_and_ends() throws Exception {
        Calls api = api();
        api.send("POST /silences", "/silences", "{\"until\": \"2026-01-02T00:00:00Z\"}", 201);
        assertThat(api.get("/silences", "/silences").at("/items/0/rule").asText())
                .isEqualTo("*");
        api.send("DELETE /silences/{id}", "/silences/s1", "", 204);
        api.send("DELETE /silences/{id}", "/silences/s1", "", 404);
        api.send("POST /silences", "/silences", "{\"rule\": \"raid\"}", 400);
        api.send("POST /silences", "/silences", "{\"until\": \"soon\"}", 400);
    }
}
