package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.keepwatch.workflow.type.RuleEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesReplayCommandTest {
    private final Instant then = Instant.now().minus(Duration.ofHours(5));

    private final SampleBackup backup;
    private final KeptPast past;
    private final Path out;

    RulesReplayCommandTest(@TempDir Path home) throws Exception {
        backup = SampleBackup.in(home);
        past = new KeptPast(backup.state());
        out = backup.configFile().resolveSibling("out");
        Files.createDirectories(backup.state());
        past.event(RuleEvent.of(
                "kept/1", "/host/sample/backup", "backup.failed", "backup", then, Map.of("problem", "it's full")));
        rules("""
                note:
                  on: {event: backup.failed}
                  steps:
                    - {id: write, run: [tee, -a, "%s", "${event.data.problem}"]}
                    - {emit: disk.noted, data: {text: "${event.id}"}}
                follow:
                  on: {event: disk.noted}
                  steps: [{run: ["true"]}]
                never:
                  on: {event: backup.failed, when: event.data.versions > 3}
                  steps: [{run: ["false"]}]
                often:
                  on: {every: 1h}
                  steps: [{run: ["false"]}]
                """.formatted(out));
    }

    private void rules(String rules) throws IOException {
        Path folder = Files.createDirectories(backup.configFile().resolveSibling("workflows"));
        Files.writeString(folder.resolve("test.yml"), "version: 1\nrules:\n" + rules.indent(2));
    }

    @AfterEach
    void stop() {
        backup.close();
    }

    @Test
    void a_dry_run_shows_what_rules_would_do_without_a_daemon() throws IOException {
        CliRun run = backup.run("rules", "replay", "--dry-run", "kept/1");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("backup.failed of \"backup\" at " + FileText.time(then) + "; nothing was done")
                .contains("\nnote: would run; the condition holds\n")
                .contains("    write: run tee -a " + out + " 'it'")
                .contains("\nfollow: would run; it follows from a run of another rule\n")
                .contains("\nnever: would not run; the condition ")
                .doesNotContain("often");
        assertThat(out).doesNotExist();
        JsonNode result = backup.json("rules", "replay", "--dry-run", "kept/1");
        assertThat(result.at("/rules/0/rule").asText()).isEqualTo("note");
        assertThat(result.at("/rules/0/runs/0/steps")).hasSize(2);
    }

    @Test
    void the_daemon_takes_the_event_again_with_the_old_one_as_its_cause() throws IOException {
        backup.start();
        JsonNode replayed = backup.json("rules", "replay", "kept/1");
        String id = replayed.path("event").asText();
        assertThat(replayed.path("causation").asText()).isEqualTo("kept/1");
        assertThat(replayed.path("runs")).hasSize(1);
        String run = replayed.at("/runs/0").asText();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> backup.json("runs", run).path("status").asText(), "SUCCEEDED"::equals);
        assertThat(out).exists();
        JsonNode event = backup.json("runs", run).path("event");
        assertThat(event.path("id").asText()).isEqualTo(id).isNotEqualTo("kept/1");
        assertThat(event.path("causation").asText()).isEqualTo("kept/1");
        assertThat(Instant.parse(event.path("time").asText())).isEqualTo(then);
        assertThat(backup.run("runs", run).out()).contains("\nkey      backup\n", "\ncause    kept/1\n");

        assertThat(backup.run("rules", "replay", id).out()).contains("given to the rules again as ", "began: ");
        JsonNode simulated = backup.json("rules", "simulate");
        assertThat(simulated.at("/sources/events/count").asInt())
                .as("a replay is the same event a second time")
                .isEqualTo(1);
    }

    @Test
    void what_cannot_be_replayed_is_told_with_its_exit_code() throws Exception {
        CliRun unknown = backup.run("rules", "replay", "nothing");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(unknown.err()).contains("no event \"nothing\" is kept");

        CliRun stopped = backup.run("rules", "replay", "kept/1");
        assertThat(stopped.exitCode()).isEqualTo(ExitCode.DAEMON);
        assertThat(stopped.err()).contains("keepwatch run");

        rules("note: {on: {event: backup.faild}, steps: [{run: [x]}]}\n");
        CliRun mistaken = backup.run("rules", "replay", "--dry-run", "kept/1");
        assertThat(mistaken.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(mistaken.err()).contains("backup.failed");
    }

    @Test
    void an_event_whose_type_is_gone_cannot_be_replayed() throws Exception {
        backup.start();
        backup.json("rules", "replay", "kept/1");
        String noted = await().atMost(Duration.ofSeconds(20))
                .until(() -> backup.json("runs", "--rule", "follow").path("runs"), runs -> runs.size() == 1)
                .at("/0/event_id")
                .asText();
        assertThat(backup.run("rules", "replay", noted).exitCode()).isZero();

        rules("other: {on: {event: backup.failed}, steps: [{run: [x]}]}\n");
        assertThat(backup.run("rules", "reload").exitCode()).isZero();
        for (String[] how : new String[][] {{"rules", "replay", noted}, {"rules", "replay", "--dry-run", noted}}) {
            CliRun run = backup.run(how);
            assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEM);
            assertThat(run.err()).contains("is a disk.noted, which no rule can take");
        }
    }
}
