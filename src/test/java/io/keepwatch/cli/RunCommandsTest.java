package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands on runs, questions and silences say beside a daemon. */
class RunCommandsTest {
    @TempDir
    Path home;

    private SampleBackup backup;

    RunCommandsTest(@TempDir Path shared) throws IOException {
        backup = SampleBackup.in(shared);
    }

    @BeforeEach
    void start() throws IOException {
        Path folder = Files.createDirectories(backup.configFile().resolveSibling("workflows"));
        Files.writeString(folder.resolve("ask.yml"), """
                version: 1
                rules:
                  ask:
                    on: {file: "%1$s/hello.txt", when: event.data.count > 0}
                    steps:
                      - {id: ok, approve: "Copy ${event.data.count} file?", timeout: 1h}
                      - if: steps.ok.approved
                        id: copy
                        run: [cp, "%1$s/hello.txt", "%2$s/copy"]
                """.formatted(backup.root(), home));
        backup.start();
    }

    @AfterEach
    void stop() {
        backup.close();
    }

    private JsonNode question() throws IOException {
        Files.writeString(backup.root().resolve("hello.txt"), "changed\n");
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> backup.json("approve").path("questions"), questions -> questions.size() == 1)
                .get(0);
    }

    @Test
    void a_question_is_listed_and_answered_and_the_run_is_shown() throws IOException {
        assertThat(backup.run("runs").out()).isEqualTo("no runs\n");
        String id = question().path("run").asText();
        assertThat(backup.run("approve").out()).contains("Copy 1 file?").contains(id);
        assertThat(backup.run("approve", "unknown").exitCode()).isEqualTo(ExitCode.NOT_FOUND);

        assertThat(backup.run("runs", id).out()).contains("status   running\n", "\nok: waiting until ");
        CliRun answered = backup.run("approve", id);
        assertThat(answered.out()).isEqualTo("approved: Copy 1 file?\n");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> backup.run("runs", "--status", "succeeded").out().contains(id));
        assertThat(home.resolve("copy")).hasContent("changed");
        assertThat(backup.run("runs", id).out())
                .startsWith("run      " + id + "\nrule     ask\n")
                .contains("status   succeeded\n", "\nended    ", "copy: succeeded\n", "exit_code: 0\n")
                .doesNotContain("cause    ", "waiting");
        assertThat(backup.run("runs", "unknown").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void the_event_of_a_run_is_explained() throws IOException {
        String id = question().path("run").asText();
        String event = backup.json("runs", id).path("event").path("id").asText();
        CliRun explained = backup.run("rules", "explain", "ask", event);
        assertThat(explained.exitCode()).isZero();
        assertThat(explained.out()).startsWith("matches: the condition holds\n").contains("event.data.count");
        assertThat(backup.run("rules", "explain", "nobody", event).exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(backup.run("approve", "--deny", id).out()).startsWith("denied: ");
    }

    @Test
    void the_past_is_simulated_beside_the_daemon() throws IOException {
        question();
        JsonNode simulated = backup.json("rules", "simulate", "--since", "1h");
        assertThat(simulated.at("/sources/events/count").asInt()).isPositive();
        assertThat(simulated.at("/rules/0/runs/0/event_type").asText()).isEqualTo("file.changed");
        assertThat(simulated.at("/rules/0/runs/0/status").asText()).isEqualTo("running");
        assertThat(simulated.at("/rules/0/notes").toString()).contains("nobody answers its question");
    }

    @Test
    void a_silence_is_made_listed_and_ended() throws IOException {
        assertThat(backup.run("silence").out()).isEqualTo("nothing is silent\n");
        assertThat(backup.run("silence", "ask", "--for", "2h").out()).contains(": silent until ");
        JsonNode silence = backup.json("silence").path("silences").get(0);
        assertThat(silence.path("rule").asText()).isEqualTo("ask");
        assertThat(backup.run("silence", "--end", silence.path("id").asText()).out())
                .isEqualTo("ended\n");
        assertThat(backup.run("silence").out()).isEqualTo("nothing is silent\n");
        CliRun wrong = backup.run("silence", "nobody");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(wrong.err()).contains("there is no rule \"nobody\"");
        assertThat(backup.run("silence", "--end", "nothing").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void a_reload_tells_of_a_mistake() throws IOException {
        assertThat(backup.run("rules", "reload").out()).isEqualTo("1 rule is in force\n");
        Path file = backup.configFile().resolveSibling("workflows/ask.yml");
        Files.writeString(file, Files.readString(file).replace("event.data.count > 0", "event.data.cuont > 0"));
        CliRun refused = backup.run("rules", "reload");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(refused.out()).contains("cuont").contains("the files have mistakes: of before, 1 rule is in force");
    }
}
