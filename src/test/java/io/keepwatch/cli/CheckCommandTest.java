package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    private Path home;

    private Path write(String text) throws IOException {
        Path file = home.resolve("keepwatch.yml");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    private CliRun check(String text, String... more) throws IOException {
        String file = write(text).toString();
        return more.length == 0
                ? CliRun.of(home, "check", "-c", file)
                : CliRun.of(home, "--config", file, "check", more[0]);
    }

    @Test
    void a_good_file_is_exit_code_0() throws IOException {
        CliRun run = check("roots: [{path: /etc}]\nstore: {s3: {bucket: my-backups}}\n");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).endsWith("keepwatch.yml is good: 1 root, bucket my-backups\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void notes_do_not_fail_the_check() throws IOException {
        CliRun run = check("state: /r/s\nroots: [{path: /r}]\n");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("keepwatch.yml:2:16 note: roots[0].path")
                .endsWith("1 root, the embedded store\n");
    }

    @Test
    void all_mistakes_are_shown_and_counted() throws IOException {
        CliRun run = check("hosst: a\nsettle: {quiet: 1}\n");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out())
                .contains("keepwatch.yml:1:1 hosst: the key \"hosst\" is not known")
                .contains("did you mean \"host\"?")
                .contains("keepwatch.yml:2:17 settle.quiet")
                .endsWith("keepwatch.yml has 2 mistakes\n");
    }

    @Test
    void json_has_the_places_as_numbers() throws IOException {
        CliRun run = check("settle: {quiet: 1}\n", "--json");
        assertThat(run.exitCode()).isEqualTo(3);
        JsonNode result = new ObjectMapper().readTree(run.out());
        assertThat(result.get("ok").asBoolean()).isFalse();
        JsonNode problem = result.get("problems").get(0);
        assertThat(problem.get("line").asInt()).isEqualTo(1);
        assertThat(problem.get("column").asInt()).isEqualTo(17);
        assertThat(problem.get("key").asText()).isEqualTo("settle.quiet");
        assertThat(problem.get("severity").asText()).isEqualTo("error");
        assertThat(problem.get("advice").asText()).isEqualTo("write a duration, for example 1s");
    }

    @Test
    void json_of_a_good_file_has_no_problems() throws IOException {
        JsonNode result =
                new ObjectMapper().readTree(check("host: a\n", "--json").out());
        assertThat(result.get("ok").asBoolean()).isTrue();
        assertThat(result.get("problems")).isEmpty();
    }

    @Test
    void rules_beside_the_configuration_are_checked_too() throws IOException {
        Path folder = Files.createDirectories(home.resolve("workflows"));
        Files.writeString(
                folder.resolve("a.yml"), "version: 1\nrules: {r: {on: {every: 5m}, steps: [{run: [sync]}]}}\n");
        assertThat(check("roots: [{path: /etc}]\n").out()).endsWith("1 root, the embedded store, 1 rule\n");
        Files.writeString(folder.resolve("b.yml"), "version: 1\nrulez: {}\n");
        CliRun run = check("roots: [{path: /etc}]\n");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).contains("b.yml:2:1 rulez: the key \"rulez\" is not known");
    }

    @Test
    void rules_are_checked_against_the_names_of_the_configuration() throws IOException {
        Path rules = Files.createDirectories(home.resolve("elsewhere"));
        Files.writeString(rules.resolve("r.yml"), """
                version: 1
                rules:
                  tell:
                    on: {webhook: deplo}
                    steps:
                      - {notify: opss, with: {text: hello}}
                      - {webhook: tickets, with: {key: "${secret('ops-keys')}"}}
                """);
        String config = "rules: {folder: %s}\nsecrets: {ops-key: {env: OPS}}\n".formatted(rules)
                + "notify: {ops: {format: json, url: \"https://ops.test\"}}\nhooks: {deploy: {secret: ops-key}}\n";
        CliRun run = check(config);
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out())
                .contains("r.yml:4:19 rules.tell.on.webhook: \"hooks\" in the configuration has no \"deplo\"")
                .contains("did you mean \"deploy\"?")
                .contains("r.yml:6:18 rules.tell.steps[0].notify: \"notify\" in the configuration has no \"opss\"")
                .contains("did you mean \"ops\"?")
                .contains(
                        "r.yml:7:19 rules.tell.steps[1].webhook: \"webhooks\" in the configuration has no \"tickets\"")
                .contains("the configuration has no secret \"ops-keys\"")
                .contains("did you mean \"ops-key\"?")
                .endsWith("have 4 mistakes\n");
        CliRun own = CliRun.of(
                home, "rules", "check", "-c", home.resolve("keepwatch.yml").toString());
        assertThat(own.exitCode()).isEqualTo(3);
        assertThat(own.out()).contains("did you mean \"ops\"?").endsWith("4 mistakes in 1 file\n");
        CliRun alone = CliRun.of(home, "rules", "check", rules.toString());
        assertThat(alone.exitCode()).isZero();
    }
}
