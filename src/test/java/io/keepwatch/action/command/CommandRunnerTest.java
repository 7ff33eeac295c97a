package io.keepwatch.action.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.config.Machine;
import io.keepwatch.config.Secrets;
import io.keepwatch.file.RawPath;
import io.keepwatch.unit.DisplayText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandRunnerTest {
    private static final String EVENT = "{\"subject\":\"/var\"}";
    private static final Secrets SECRETS = Secrets.of(Map.of("token", "s3cr3t-t0k3n"));

    @TempDir
    private Path state;

    private CommandRunner runner;

    @BeforeEach
    void make() throws IOException {
        runner = CommandRunner.in(state, Machine.current(), SECRETS, Duration.ofMillis(300));
    }

    private static Command command(Duration timeout, String... arguments) {
        return new Command(List.of(arguments), Map.of("GREETING", "hello"), Optional.empty(), timeout, EVENT);
    }

    private CommandResult run(String... arguments) throws Exception {
        return runner.start(command(Duration.ofSeconds(60), arguments)).await();
    }

    private CommandResult shell(String script, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        all.addAll(Arrays.asList(arguments));
        return run(all.toArray(String[]::new));
    }

    private static List<Long> pids(CommandResult result) {
        return result.stdout().lines().map(Long::parseLong).toList();
    }

    private static void assertGone(List<Long> pids) {
        assertThat(pids).isNotEmpty();
        Awaitility.await()
                .untilAsserted(() -> assertThat(pids)
                        .allSatisfy(pid -> assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive))
                                .isEmpty()));
    }

    @Test
    void exit_code_and_both_streams_are_kept() throws Exception {
        CommandResult result = shell("echo out; echo err >&2; exit 3");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
        assertThat(result.timedOut()).isFalse();
    }

    @Test
    void the_environment_is_small_and_holds_what_the_step_says() throws Exception {
        CommandResult result = run("env");
        assertThat(result.stdout().lines().map(line -> line.substring(0, line.indexOf('='))))
                .containsExactlyInAnyOrder("PATH", "HOME", "LANG", "GREETING", "RULE_EVENT_FILE");
        assertThat(result.stdout()).contains("GREETING=hello\n").contains("LANG=C.UTF-8\n");
    }

    @Test
    void the_event_is_on_the_standard_input_and_in_a_private_file_that_is_gone_afterwards() throws Exception {
        CommandResult result = shell("cat; echo; cat \"$RULE_EVENT_FILE\"; echo; stat -c %a \"$RULE_EVENT_FILE\"; echo"
                + " \"$RULE_EVENT_FILE\"");
        List<String> lines = result.stdout().lines().toList();
        assertThat(lines).startsWith(EVENT, EVENT, "600");
        assertThat(Path.of(lines.get(3))).startsWithRaw(state).doesNotExist();
    }

    @Test
    void what_a_process_before_left_is_removed() throws IOException {
        Path left = Files.writeString(state.resolve("commands/event-1.json"), "{}");
        CommandRunner.in(state, Machine.current(), SECRETS);
        assertThat(left).doesNotExist();
    }

    @Test
    void a_command_that_takes_too_long_ends_with_its_children_and_those_they_left_behind() throws Exception {
        Command command = command(
                Duration.ofSeconds(2),
                "/bin/sh",
                "-c",
                "sleep 300 & echo $!; (sleep 300 & echo $!); sh -c 'trap \"\" TERM; echo $$; sleep 300; sleep 300' & wait");
        CommandResult result = runner.start(command).await();
        assertThat(result.timedOut()).isTrue();
        assertThat(result.exitCode()).isEqualTo(128 + 15);
        assertThat(pids(result)).hasSize(3);
        assertGone(pids(result));
    }

    @Test
    void a_command_can_be_stopped_from_elsewhere() throws Exception {
        RunningCommand running = runner.start(command(Duration.ofMinutes(5), "sleep", "300"));
        Thread stopper = new Thread(running::stop);
        stopper.start();
        assertThat(running.await().exitCode()).isEqualTo(128 + 15);
        stopper.join();
    }

    @Test
    void a_flood_of_output_is_read_to_its_end_and_bounded() throws Exception {
        CommandResult result = shell("printf BEGIN; head -c 100000000 /dev/zero | tr '\\0' x; printf END");
        assertThat(result.exitCode()).isZero();
        assertThat(result.stdout())
                .startsWith("BEGINxxx")
                .endsWith("xxxEND")
                .contains("bytes left out]")
                .hasSizeBetween(KeptOutput.LIMIT * 2 - 100, KeptOutput.LIMIT * 2 + 100);
    }

    @Test
    void what_fits_is_kept_whole() throws Exception {
        CommandResult result = shell("head -c 70000 /dev/zero | tr '\\0' a; head -c 60000 /dev/zero | tr '\\0' b");
        assertThat(result.stdout()).isEqualTo("a".repeat(70_000) + "b".repeat(60_000));
    }

    @Test
    void bytes_that_are_no_text_are_replaced() throws Exception {
        assertThat(shell("printf 'a\\377b'").stdout()).isEqualTo("a\uFFFDb");
    }

    @Test
    void secrets_are_hidden_in_both_streams() throws Exception {
        CommandResult result = shell("echo is s3cr3t-t0k3n here; echo s3cr3t-t0k3n >&2");
        assertThat(result.stdout()).isEqualTo("is *** here\n");
        assertThat(result.stderr()).isEqualTo("***\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {65_520, 65_525, 65_530, 65_535, 65_536, 65_560})
    void no_part_of_a_secret_is_left_where_output_was_cut(int before) throws Exception {
        CommandResult result = shell(
                "head -c \"$1\" /dev/zero | tr '\\0' x; printf s3cr3t-t0k3n; head -c 200000 /dev/zero | tr '\\0' y;"
                        + " printf s3cr3t-t0k3n; head -c \"$1\" /dev/zero | tr '\\0' z",
                String.valueOf(before));
        assertThat(result.stdout().replaceAll("\\[\\d+ bytes left out]", "")).doesNotContainPattern("[a-wA-W0-9-]");
    }

    @Test
    void a_missing_program_is_told_by_its_name() {
        assertThatThrownBy(() -> run("no-such-program"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no program \"no-such-program\" in /usr/local/sbin");
        assertThatThrownBy(() -> run("/no/such/program")).hasMessageContaining("there is no program /no/such/program");
        assertThatThrownBy(() -> run("bin/x")).hasMessageContaining("neither a name nor an absolute path");
        assertThatThrownBy(() -> run("/etc/passwd")).hasMessageContaining("chmod +x /etc/passwd");
        assertThat(state.resolve("commands")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"two\nlines", "it's \"quoted\"", "$(touch PWNED) `id` ${HOME}", "-rf", "--", "a b\t* ? ;|&"})
    void names_of_files_reach_a_command_as_they_are(String name) throws Exception {
        Path out = state.resolve("out");
        CommandResult result = shell("printf %s \"$1\" > \"$2\"", name, out.toString());
        assertThat(result.exitCode()).isZero();
        assertThat(Files.readString(out)).isEqualTo(name);
    }

    @Test
    void a_name_that_is_no_utf_8_arrives_in_the_form_of_events_and_can_be_opened_by_it() throws Exception {
        byte[] name = "b\u00e4d".getBytes(StandardCharsets.ISO_8859_1);
        Files.writeString(RawPath.of(name).under(state), "found");
        String shown = state + "/" + DisplayText.of(name);
        assertThat(shown).endsWith("/b\\xe4d");
        CommandResult result = run("bash", "-c", "cat -- \"$(printf %b \"$1\")\"", "bash", shown);
        assertThat(result.stdout()).isEqualTo("found");
    }

    @Test
    void letters_that_the_locale_does_not_have_are_refused_and_not_replaced() {
        List<String> arguments = List.of("cat", "/etc/\u00e9");
        assertThatThrownBy(() -> ArgumentText.check(arguments, Map.of(), StandardCharsets.US_ASCII))
                .hasMessageContaining("LANG=C.UTF-8");
        assertThatThrownBy(() -> ArgumentText.check(List.of(), Map.of("A", "\ud800"), StandardCharsets.UTF_8))
                .hasMessageContaining("the variable A");
        assertThatThrownBy(() -> run("echo", "a\0b")).hasMessageContaining("NUL");
    }

    @Test
    void who_is_not_root_cannot_run_commands_as_others() throws IOException {
        Machine ada = new Machine(Map.of(), Path.of("/home/ada"), 4711, "web-1");
        CommandRunner own = CommandRunner.in(state, ada, SECRETS);
        Command command = new Command(List.of("id"), Map.of(), Optional.of("root"), Duration.ofSeconds(9), EVENT);
        assertThatThrownBy(() -> own.start(command)).hasMessageContaining("only root can run commands as another user");
        Command unknown = new Command(List.of("id"), Map.of(), Optional.of("nobody-at-all"), Duration.ofSeconds(9), "");
        assertThatThrownBy(() -> own.start(unknown)).hasMessageContaining("no user \"nobody-at-all\"");
    }

    @Test
    void root_runs_a_command_as_another_user_who_can_read_the_event() throws Exception {
        Assumptions.assumeTrue(Machine.current().isRoot(), "only root can run commands as another user");
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        String script =
                "id -un; id -G; cat; echo; cat \"$RULE_EVENT_FILE\"; echo; echo \"$RULE_EVENT_FILE\"; echo $HOME";
        Command command = new Command(
                List.of("/bin/sh", "-c", script), Map.of(), Optional.of("nobody"), Duration.ofSeconds(60), EVENT);
        CommandResult result = runner.start(command).await();
        assertThat(result.stderr()).isEmpty();
        List<String> lines = result.stdout().lines().toList();
        assertThat(lines).startsWith("nobody").contains(EVENT, "/nonexistent");
        assertThat(lines.get(1)).doesNotContain(" ").isNotEqualTo("0");
        assertThat(Path.of(lines.get(4))).doesNotExist();
        assertThat(Path.of(lines.get(4)).getParent()).doesNotExist();
        try (Stream<Path> left = Files.list(state.resolve("commands"))) {
            assertThat(left).isEmpty();
        }
    }
}
