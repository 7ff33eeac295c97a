package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CliTest {
    @TempDir
    private Path home;

    @Command(name = "fails")
    record Failing(Throwable error) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            if (error instanceof Error defect) {
                throw defect;
            }
            throw (Exception) error;
        }
    }

    private CliRun runFailing(Throwable error, String... args) {
        CommandLine line = Cli.of(CliRun.machine(home));
        line.addSubcommand(new Failing(error));
        return CliRun.of(line, args);
    }

    @Test
    void a_missing_command_is_a_usage_error() {
        CliRun run = CliRun.of(home);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("keepwatch: a command is missing\n\nUsage: keepwatch ")
                .contains("\n  restore ")
                .contains("Examples:\n  keepwatch demo");
    }

    @Test
    void a_word_that_is_no_command_is_answered_with_the_nearest() {
        CliRun run = CliRun.of(home, "chek");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("chek").contains("Did you mean").contains("check");
    }

    @Test
    void an_unknown_option_names_the_help_of_its_command() {
        CliRun run = CliRun.of(home, "check", "--jsn");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--jsn").contains("run keepwatch check --help");
    }

    @Test
    void the_version_says_what_a_bug_report_needs() {
        assertThat(CliRun.of(home, "--version").out())
                .startsWith("keepwatch ")
                .contains("Java " + Runtime.version().feature(), "Linux");
    }

    static Stream<String> commands() {
        return Cli.of(CliRun.machine(Path.of("/"))).getSubcommands().keySet().stream()
                .filter(name -> !name.equals("help"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_has_help_with_examples_and_exit_codes(String command) {
        CliRun run = CliRun.of(home, command, "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("Examples:\n  ")
                .contains("Exit codes:\n")
                .contains("--config")
                .contains("--verbose");
        assertThat(CliRun.of(home, "help", command).out()).isEqualTo(run.out());
    }

    @Test
    void the_help_lists_the_commands_and_all_exit_codes() {
        String out = CliRun.of(home, "--help").out();
        assertThat(commands())
                .isNotEmpty()
                .allSatisfy(command -> assertThat(out).contains("\n  " + command));
        assertThat(out)
                .contains("Examples:\n  keepwatch demo")
                .contains("\n  3    the configuration")
                .contains("\n  70   a defect");
    }

    @Test
    void an_unexpected_error_is_one_line_and_exit_code_70() {
        CliRun run = runFailing(new IllegalStateException("two\nlines"), "fails");
        assertThat(run.exitCode()).isEqualTo(70);
        assertThat(run.err())
                .isEqualTo("keepwatch: unexpected java.lang.IllegalStateException: two lines;"
                        + " run it again with --verbose to see where\n");
    }

    @Test
    void verbose_shows_the_stack_wherever_it_stands() {
        for (String[] args : new String[][] {{"--verbose", "fails"}, {"fails", "-v"}}) {
            assertThat(runFailing(new IllegalStateException("broken"), args).err())
                    .contains("unexpected java.lang.IllegalStateException: broken")
                    .contains("at io.keepwatch.cli.CliTest.verbose_shows");
        }
    }

    @Test
    void a_failure_of_the_store_is_exit_code_5() {
        CliRun run = runFailing(new StoreException.Permanent("bucket \"photos\" refused", null), "fails");
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).isEqualTo("keepwatch: bucket \"photos\" refused\n");
    }

    @Test
    void a_known_failure_shows_its_stack_to_who_asks() {
        CliRun run = runFailing(new IOException("the disk said no"), "--verbose", "fails");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("keepwatch: the disk said no\n").contains("at io.keepwatch.cli.CliTest");
    }

    @Test
    void the_file_system_is_answered_in_words() {
        CliRun run = runFailing(new AccessDeniedException("/srv/state"), "fails");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("keepwatch: /srv/state: permission denied; run it as the user of the daemon, or as root\n");
    }

    @Test
    void a_failure_within_a_stage_is_the_failure() {
        CliRun run = runFailing(new CompletionException(new StoreException.Permanent("refused", null)), "fails");
        assertThat(run.exitCode()).isEqualTo(5);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("ls --at soon", "--at: \"soon\" is not a time; write 2026-11-24T03:00:00Z"),
                Arguments.of("cost --month 2026-13", "--month: \"2026-13\" is not a month; write 2026-11"),
                Arguments.of("verify --read-data 200%", "--read-data: \"200%\" is not a share; write a percentage"),
                Arguments.of("restore /etc --overwrite yes", "--overwrite: expected one of [NEVER, OLDER, ALWAYS]"),
                Arguments.of("restore", "PATH"),
                Arguments.of("status --watch --json", "--watch is for people"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_value_that_cannot_be_is_answered_with_one_that_can(String line, String message) {
        CliRun run = CliRun.of(home, line.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("keepwatch: ").contains(message);
    }

    @Test
    void without_a_configuration_the_first_step_is_named() {
        CliRun run = CliRun.of(home, "check");
        Assumptions.assumeFalse(Files.exists(Path.of("/etc/keepwatch/keepwatch.yml")), "this machine has one");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out() + run.err())
                .startsWith("keepwatch: there is no configuration")
                .contains("run keepwatch init to write one");
    }

    @Test
    void a_command_can_choose_its_exit_code() {
        CliRun run = runFailing(new CommandFailure(ExitCode.NOT_FOUND, "no such version"), "fails");
        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).isEqualTo("keepwatch: no such version\n");
    }

    @Test
    void an_error_of_the_machine_is_exit_code_70_too() {
        StringWriter err = new StringWriter();
        Writer broken = new Writer() {
            @Override
            public void write(char[] text, int from, int length) {
                throw new StackOverflowError("deep");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        int code = Main.run(new String[] {"--version"}, new PrintWriter(broken), new PrintWriter(err));
        assertThat(code).isEqualTo(70);
        assertThat(err.toString()).contains("unexpected java.lang.StackOverflowError: deep");
    }

    @Test
    void the_process_ends_with_the_exit_code() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.keepwatch.cli.Main",
                        "check",
                        "--config",
                        home.resolve("none.yml").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(3);
        assertThat(output).contains("there is no such file");
    }
}
