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
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules would have done, without a daemon, from files that one has written. */
class RulesSimulateCommandTest {
    @SuppressWarnings("TimeInStaticInitializer") // the command goes by the real clock
    private static final Instant MORNING =
            Instant.now().minus(Duration.ofHours(5)).truncatedTo(ChronoUnit.MINUTES);

    private static final String FULL = """
            version: 1
            rules:
              disk-full:
                on: {state: disk.usage, when: event.data.used_percent > 90, for: 5m}
                steps: [{id: clean, run: [clean-up, --all, "${event.subject}", "it's full"]}]
                on_resolve: [{notify: ops, with: {text: "${event.subject} is fine"}}]
            """;

    private final SampleBackup backup;
    private final KeptPast past;

    RulesSimulateCommandTest(@TempDir Path home) throws IOException {
        backup = SampleBackup.in(home);
        past = new KeptPast(backup.state());
    }

    @BeforeEach
    void configure() throws IOException {
        Files.createDirectories(backup.state());
        Files.writeString(
                backup.configFile(),
                Files.readString(backup.configFile()) + "notify: {ops: {format: slack, url_secret: slack}}\n"
                        + "secrets: {slack: {env: SLACK}}\n");
        rules("workflows/disk.yml", FULL);
    }

    private Path rules(String name, String text) throws IOException {
        Path file = backup.configFile().resolveSibling(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** So that a daemon can start, which needs the secret. */
    private void withoutChannels() throws IOException {
        String text = Files.readString(backup.configFile());
        Files.writeString(backup.configFile(), text.replaceAll("(?m)^(notify|secrets): .*\n", ""));
    }

    /** 95 % from the tenth minute to the thirtieth. */
    private void fillTheDisk() {
        past.disk(MORNING, Duration.ofMinutes(60), minute -> minute >= 10 && minute < 30 ? 95 : 50);
    }

    private static Instant minute(int minute) {
        return MORNING.plus(Duration.ofMinutes(minute));
    }

    private static Instant at(JsonNode node) {
        return Instant.parse(node.path("at").asText());
    }

    private RuleEvent failure(Instant at) {
        return RuleEvent.of("f1", "/host/sample/backup", "backup.failed", "backup", at, Map.of("problem", "no space"));
    }

    @Test
    void readings_of_the_past_show_when_a_state_would_have_fired_and_what_its_steps_would_have_done()
            throws IOException {
        fillTheDisk();
        JsonNode result = backup.json("rules", "simulate", "--since", "6h");
        assertThat(result.at("/sources/readings/count").asInt()).isEqualTo(60);
        JsonNode runs = result.at("/rules/0/runs");
        assertThat(runs).hasSize(2);
        assertThat(at(runs.get(0))).isEqualTo(minute(15));
        assertThat(runs.get(0).path("status").asText()).isEqualTo("succeeded");
        assertThat(runs.get(0).at("/steps/0/verb").asText()).isEqualTo("run");
        assertThat(runs.get(0).at("/steps/0/action").asText()).isEqualTo("clean-up --all /var 'it'\\''s full'");
        assertThat(at(runs.get(1))).isEqualTo(minute(30));
        assertThat(runs.get(1).path("resolve").asBoolean()).isTrue();
        assertThat(runs.get(1).at("/steps/0/action").asText()).isEqualTo("ops text='/var is fine'");
    }

    @Test
    void a_person_reads_runs_and_commands_and_what_could_not_be_known() {
        fillTheDisk();
        CliRun run = backup.run("rules", "simulate");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("1 rule would have run 2 times; nothing was done, steps are assumed to succeed\n")
                .contains("\ndisk-full: 2 runs\n")
                .contains("  " + FileText.time(minute(15)) + "  disk.usage of \"/var\": succeeded\n"
                        + "    clean: run clean-up --all /var 'it'")
                .contains("disk.usage of \"/var\", over: succeeded\n    notify ops text=")
                .contains("What this could not know:\n", "labels of readings", "events that made no rule run");
    }

    @Test
    void events_that_made_a_rule_run_come_again() throws Exception {
        past.event(failure(minute(3)));
        rules("workflows/disk.yml", """
                version: 1
                rules:
                  failed:
                    on: {event: backup.failed}
                    steps: [{notify: ops, with: {text: "${event.data.problem}"}}]
                  ended:
                    on: {event: run.finished, when: event.subject == "failed"}
                    steps: [{notify: ops, with: {text: "${event.data.status}"}}]
                """);
        JsonNode result = backup.json("rules", "simulate");
        assertThat(result.at("/sources/events/count").asInt()).isEqualTo(1);
        assertThat(result.at("/rules/0/rule").asText()).isEqualTo("ended");
        assertThat(result.at("/rules/0/runs")).hasSize(1);
        assertThat(result.at("/rules/0/runs/0/steps/0/action").asText()).isEqualTo("ops text=succeeded");
        assertThat(result.at("/rules/1/runs")).hasSize(1);
        assertThat(at(result.at("/rules/1/runs/0"))).isEqualTo(minute(3));
        assertThat(result.at("/rules/1/runs/0/event_id").asText()).isEqualTo("f1");
        assertThat(result.at("/rules/1/notes/0").asText()).endsWith("only events that made some rule run are known: 1");
    }

    @Test
    void an_event_that_is_kept_stands_for_the_reading_it_was_made_of() throws Exception {
        fillTheDisk();
        past.event(RuleEvent.of(
                "kept",
                "/host/sample/probe",
                "disk.usage",
                "/var",
                minute(15).plusMillis(300),
                Map.of("used_percent", 95.0, "device", "/dev/sda1")));
        rules("workflows/disk.yml", """
                version: 1
                rules:
                  on-disk:
                    on: {event: disk.usage, when: event.data.device == "/dev/sda1"}
                    steps: [{notify: ops, with: {text: "${event.data.device}"}}]
                """);
        JsonNode result = backup.json("rules", "simulate");
        assertThat(result.at("/sources/events/count").asInt()).isEqualTo(1);
        assertThat(result.at("/sources/readings/count").asInt()).isEqualTo(59);
        assertThat(result.at("/rules/0/runs")).hasSize(1);
        assertThat(result.at("/rules/0/notes/0").asText()).contains("asks for device, which the history does not keep");
    }

    @Test
    void other_rules_are_held_against_those_of_the_configuration() throws Exception {
        past.disk(MORNING, Duration.ofMinutes(60), minute -> minute < 10 ? 50 : minute < 30 ? 95 : 80);
        Path other = rules("new.yml", FULL.replace("> 90", "> 70").replace("--all", "--some"));
        JsonNode result = backup.json("rules", "simulate", "--rules", other.toString());
        assertThat(result.at("/rules/0/runs")).hasSize(1);
        JsonNode difference = result.at("/difference/0");
        assertThat(difference.path("both").asInt()).isEqualTo(1);
        assertThat(at(difference.at("/other_steps/0"))).isEqualTo(minute(15));
        assertThat(difference.path("only_new")).isEmpty();
        assertThat(difference.path("only_old")).hasSize(1);
        assertThat(at(difference.at("/only_old/0"))).isEqualTo(minute(30));

        Files.writeString(other, FULL.replace("> 90", "> 70").replace("for: 5m", "for: 7m"));
        assertThat(backup.run("rules", "simulate", "--rules", other.toString()).out())
                .contains("  disk-full: 0 in both, 1 only in new, 2 only in old\n")
                .contains("    only in new  " + FileText.time(minute(17)) + "  /var\n")
                .contains("    only in old  " + FileText.time(minute(15)) + "  /var\n");
        Files.writeString(other, FULL);
        assertThat(backup.run("rules", "simulate", "--rules", other.toString()).out())
                .contains("none: the same runs with the same steps");
    }

    @Test
    void what_is_older_than_two_days_comes_as_means_and_it_says_so() {
        Instant then = Instant.now().minus(Duration.ofDays(4)).truncatedTo(ChronoUnit.MINUTES);
        past.disk(then, Duration.ofMinutes(30), minute -> 95);
        past.disk(MORNING, Duration.ofMinutes(5), minute -> 95);
        CliRun run = backup.run("rules", "simulate");
        assertThat(run.out())
                .contains("readings  35 events from " + FileText.time(then))
                .contains("; before ")
                .contains(" means of a minute or more\n")
                .contains(FileText.time(then.plus(Duration.ofMinutes(5))) + "  disk.usage of \"/var\"");
    }

    @Test
    void schedules_come_by_themselves_and_a_breaker_that_trips_is_told() throws IOException {
        past.disk(MORNING, Duration.ofMinutes(5), minute -> 50);
        rules("workflows/disk.yml", """
                version: 1
                rules:
                  often:
                    on: {every: 10m}
                    max_runs: 2/h
                    steps: [{run: ["true"]}]
                """);
        JsonNode result = backup.json("rules", "simulate", "--since", "50m");
        assertThat(result.at("/rules/0/runs")).hasSize(2);
        assertThat(result.at("/rules/0/notes/0").asText()).contains("max_runs was reached");
    }

    @Test
    void what_cannot_be_simulated_is_told_with_its_exit_code() throws IOException {
        CliRun nothing = backup.run("rules", "simulate");
        assertThat(nothing.exitCode()).isEqualTo(ExitCode.PROBLEM);
        assertThat(nothing.err()).contains("neither events nor readings are kept in");

        for (String wrong : new String[] {"soon", "0s", "9999d"}) {
            CliRun run = backup.run("rules", "simulate", "--since", wrong);
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("--since: ").contains(wrong);
        }
        Path other = rules("new.yml", FULL.replace("used_percent", "used_precent"));
        CliRun mistaken = backup.run("rules", "simulate", "--rules", other.toString());
        assertThat(mistaken.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(mistaken.err()).contains("new.yml:4").contains("did you mean \"used_percent\"?");
        CliRun missing = backup.run("rules", "simulate", "--rules", "/no/such/file");
        assertThat(missing.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    }

    @Test
    void versions_in_the_catalog_are_changes_of_files() throws Exception {
        Path folder = Files.createDirectories(backup.root().resolve("nginx"));
        Path conf = folder.resolve("nginx.conf");
        Files.writeString(conf, "one\n");
        withoutChannels();
        rules("workflows/disk.yml", "version: 1\nrules: {}\n");
        backup.start();
        Files.writeString(conf, "two\n");
        Files.writeString(folder.resolve("new.conf"), "new\n");
        assertThat(backup.run("backup", folder.toString()).exitCode()).isZero();
        backup.close();

        rules("workflows/disk.yml", """
                version: 1
                rules:
                  nginx:
                    on: {file: "%s/**", debounce: 2s}
                    steps: [{run: [check, "${event.data.paths}"]}]
                  others:
                    on: {file: "%s/hello.txt"}
                    steps: [{run: [check]}]
                """.formatted(folder, backup.root()));
        JsonNode result = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> backup.json("rules", "simulate", "--since", "1h"),
                        found -> found.at("/rules/0/runs").has(0));
        assertThat(result.at("/rules/0/runs")).hasSize(1);
        assertThat(result.at("/sources/files/count").asInt()).isPositive();
        assertThat(result.at("/rules/0/runs/0/event_type").asText()).isEqualTo("file.changed");
        assertThat(result.at("/rules/0/runs/0/steps/0/action").asText())
                .startsWith("check ")
                .contains(conf.toString(), folder.resolve("new.conf").toString());
        assertThat(result.at("/rules/1/runs")).isEmpty();
        assertThat(backup.run("rules", "simulate", "--since", "1h").out())
                .contains("files     ", "changes of files are those of versions that are kept");
    }

    @Test
    void a_change_that_is_kept_as_an_event_too_comes_once_and_other_paths_of_it_come_from_the_catalog()
            throws Exception {
        withoutChannels();
        rules("workflows/disk.yml", """
                version: 1
                rules:
                  a:
                    on: {file: "%1$s/a"}
                    steps: [{wait: 1s}]
                """.formatted(backup.root()));
        backup.start();
        Files.writeString(backup.root().resolve("a"), "new");
        Files.writeString(backup.root().resolve("b"), "new");
        assertThat(backup.run("backup", backup.root().toString()).exitCode()).isZero();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> backup.run("runs", "--status", "succeeded").out().contains("file.changed"));
        int real = backup.json("runs").at("/runs").size();
        backup.close();

        rules("workflows/disk.yml", """
                version: 1
                rules:
                  a:
                    on: {file: "%1$s/a"}
                    steps: [{wait: 1s}]
                  b:
                    on: {file: "%1$s/b"}
                    steps: [{wait: 1s}]
                """.formatted(backup.root()));
        JsonNode result = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> backup.json("rules", "simulate", "--since", "1h"),
                        found -> found.at("/rules/1/runs").has(0));
        assertThat(result.at("/rules/0/runs")).hasSize(real);
        assertThat(result.at("/rules/1/runs")).hasSize(1);
    }
}
