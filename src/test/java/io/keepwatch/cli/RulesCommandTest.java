package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesCommandTest {
    private static final String GOOD = """
            version: 1
            rules:
              tell:
                on: {event: backup.failed}
                steps: [{notify: ops, with: {text: "${event.data.problem}"}}]
            tests:
              - name: it tells
                rule: tell
                given: [{at: 1s, event: backup.failed, data: {problem: full}}]
                expect: [{at: 1s, step: notify, with: {text: full}}]
            """;

    @TempDir
    private Path home;

    private String write(String text) throws IOException {
        return Files.writeString(home.resolve("r.yml"), text).toString();
    }

    @Test
    void good_rules_are_counted() throws IOException {
        CliRun run = CliRun.of(home, "rules", "check", write(GOOD));
        assertThat(run.out()).isEqualTo("good: 1 rule and 1 test in 1 file\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void a_mistake_is_shown_with_its_line_and_a_caret_within_the_expression() throws IOException {
        CliRun run = CliRun.of(home, "rules", "check", write(GOOD.replace("data.problem}", "data.problm}")));
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out())
                .contains("r.yml:5:54 rules.tell.steps[0].with.text: there is no \"problm\" in event.data");
        assertThat(run.out())
                .contains("  5 |     steps: [{notify: ops, with: {text: \"${event.data.problm}\"}}]\n" + "    | "
                        + " ".repeat(53) + "^\n");
        assertThat(run.out()).contains("did you mean \"problem\"?").endsWith("1 mistake in 1 file\n");
    }

    @Test
    void sarif_has_the_place() throws IOException {
        CliRun run = CliRun.of(home, "rules", "check", "--sarif", write(GOOD.replace("    on:", "    onn:")));
        JsonNode result = new ObjectMapper().readTree(run.out()).at("/runs/0/results/1");
        assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt())
                .isEqualTo(4);
        assertThat(result.at("/locations/0/physicalLocation/region/startColumn").asInt())
                .isEqualTo(5);
        assertThat(result.at("/message/text").asText()).contains("did you mean \"on\"?");
    }

    @Test
    void tests_that_pass_are_listed() throws IOException {
        CliRun run = CliRun.of(home, "rules", "test", write(GOOD));
        assertThat(run.out()).isEqualTo("ok   tell: it tells\n\n1 test, all passed\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void a_test_that_does_not_pass_says_what_happened_instead() throws IOException {
        CliRun run = CliRun.of(home, "rules", "test", write(GOOD.replace("{at: 1s, step", "{at: 2s, step")));
        assertThat(run.out())
                .contains("FAIL tell: it tells\n")
                .contains("expected at 2s notify {text=full}, but it was at 1s notify");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void the_graph_has_events_and_rules() throws IOException {
        String file = write(GOOD);
        assertThat(CliRun.of(home, "rules", "graph", file).out())
                .isEqualTo("flowchart LR\n  n0([\"backup.failed\"])\n  n1[\"tell\"]\n  n0 --> n1\n");
        assertThat(CliRun.of(home, "rules", "graph", "--dot", file).out())
                .contains("\"backup.failed\" -> \"rule tell\"");
    }

    @Test
    void the_schema_is_json() throws IOException {
        CliRun run = CliRun.of(home, "rules", "schema");
        assertThat(new ObjectMapper()
                        .readTree(run.out())
                        .at("/$defs/step/properties/run/type")
                        .asText())
                .isEqualTo("array");
    }

    @Test
    void the_schema_of_an_event_type_has_the_id_that_its_events_name() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(CliRun.of(home, "rules", "schema", "--event", "disk.usage")
                        .out());
        assertThat(schema.get("$id").asText()).isEqualTo("tag:keepwatch.io,2026:disk.usage.v1");
        assertThat(schema.at("/properties/used_percent/type").asText()).isEqualTo("number");
        assertThat(schema.at("/properties/host/type").asText()).isEqualTo("string");
    }

    @Test
    void the_schema_of_an_unknown_event_type_offers_the_nearest() {
        CliRun run = CliRun.of(home, "rules", "schema", "--event", "disk.usages");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("there is no event type \"disk.usages\": did you mean \"disk.usage\"?");
    }

    @Test
    void a_place_without_rules_is_an_error() {
        CliRun run = CliRun.of(home, "rules", "check", home.resolve("nothing").toString());
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("does not exist");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            silence --for 2h             | name the RULE that is to be silent
            silence --comment soon       | name the RULE that is to be silent
            silence tell --end 3f2a91c0  | --end ends a silence by its id alone
            approve --deny               | name the ID of the run that asks
            approve --step ok            | name the ID of the run that asks
            runs --limit -1              | write 1 or more
            runs 0197f7c2 --rule tell    | leave out --rule and --status
            """)
    void options_that_would_mean_nothing_are_refused(String words, String problem) {
        CliRun run = CliRun.of(home, words.split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(problem);
    }
}
