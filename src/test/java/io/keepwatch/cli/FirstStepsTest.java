package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands say before anything was backed up. */
class FirstStepsTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"ls", "versions PATH", "diff PATH", "restore PATH", "verify", "cost"})
    void without_a_catalog_there_are_two_ways_to_get_one(String line) throws IOException {
        try (SampleBackup backup = SampleBackup.in(home)) {
            CliRun run = backup.run(
                    line.replace("PATH", backup.root() + "/hello.txt").split(" "));
            assertThat(run.exitCode()).isEqualTo(6);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .startsWith("keepwatch: there is no catalog at " + backup.state())
                    .contains("keepwatch run", "keepwatch rebuild");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "status",
                "backup /x",
                "ls",
                "versions /x",
                "diff /x",
                "restore /x",
                "verify",
                "cost",
                "rebuild"
            })
    void a_mistake_in_the_configuration_is_shown_by_every_command(String line) throws IOException {
        try (SampleBackup backup = SampleBackup.in(home)) {
            Files.writeString(backup.configFile(), "hots: a\n");
            CliRun run = backup.run(line.split(" "));
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err())
                    .startsWith(backup.configFile() + ":1:1 hots: ")
                    .contains("did you mean \"host\"?");
        }
    }

    @Test
    void run_without_a_root_says_that_there_is_nothing_to_watch() throws IOException {
        try (SampleBackup backup = SampleBackup.in(home)) {
            Files.writeString(backup.configFile(), "host: a\n");
            CliRun run = backup.run("run");
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err()).contains("names no root");
        }
    }

    @Test
    void a_state_folder_that_is_a_file_ends_the_start_in_words() throws IOException {
        try (SampleBackup backup = SampleBackup.in(home)) {
            Files.writeString(backup.state(), "");
            CliRun run = backup.run("run");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .contains("the state directory " + backup.state())
                    .doesNotContain("unexpected");
        }
    }

    @Test
    void a_state_folder_with_a_long_path_is_refused_because_of_the_socket() throws IOException {
        try (SampleBackup backup = SampleBackup.in(home)) {
            Files.writeString(
                    backup.configFile(),
                    Files.readString(backup.configFile()).replace("state\"", "s".repeat(120) + "\""));
            CliRun run = backup.run("run");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("the daemon cannot start: ").contains("choose a shorter state folder");
        }
    }
}
