package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say beside a running daemon. The daemon is shared; a test that changes files uses names of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunningDaemonTest {
    @TempDir
    private Path home;

    @TempDir
    private Path target;

    private SampleBackup backup;

    RunningDaemonTest(@TempDir Path shared) throws IOException {
        this.backup = SampleBackup.in(shared);
    }

    @BeforeAll
    void start() throws IOException {
        backup.start();
    }

    @AfterAll
    void stop() {
        backup.close();
    }

    private String path(String name) {
        return backup.root() + (name.isEmpty() ? "" : "/" + name);
    }

    @Test
    void status_begins_with_the_verdict() {
        backup.awaitCurrent();
        CliRun run = backup.run("status");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("CURRENT: everything seen is durable\n")
                .contains("files  " + backup.root())
                .contains("store     " + backup.state().resolve("s3") + " (pack), reachable")
                .contains(" PUT this month: ");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void status_as_json_is_the_status_of_the_http_api() throws IOException {
        JsonNode status = backup.json("status");
        assertThat(status.get("host").asText()).isEqualTo("sample");
        assertThat(status.at("/roots/0/name").asText()).isEqualTo("files");
        assertThat(status.at("/requests/this_month/PUT").asLong()).isPositive();
    }

    @Test
    void backup_makes_a_new_file_durable_before_it_returns() throws IOException {
        Files.writeString(backup.root().resolve("fresh.txt"), "fresh\n");
        CliRun run = backup.run("backup", path("fresh.txt"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).endsWith("found; everything is durable\n");
        assertThat(backup.run("versions", path("fresh.txt")).out()).contains("durable");
    }

    @Test
    void backup_as_json_names_the_root() throws IOException {
        JsonNode result = backup.json("backup", path("conf"));
        assertThat(result.get("root").asText()).isEqualTo("files");
        assertThat(result.get("durable").asBoolean()).isTrue();
    }

    @Test
    void backup_of_nothing_is_not_a_success() {
        CliRun run = backup.run("backup", path("missing"));
        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("there is nothing at \"" + path("missing") + "\"");
    }

    @Test
    void a_path_outside_all_roots_is_answered_with_the_roots() {
        for (String command : new String[] {"backup", "ls", "versions", "diff"}) {
            CliRun run = backup.run(command, "/nowhere");
            assertThat(run.exitCode()).as(command).isEqualTo(6);
            assertThat(run.err())
                    .isEqualTo("keepwatch: \"/nowhere\" is beneath no root; the roots are " + backup.root() + "\n");
        }
    }

    @Test
    void ls_lists_one_level_and_escapes_what_would_steer_a_terminal() {
        CliRun run = backup.run("ls", path(""));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("MODE ")
                .contains(path("red\\x1b[31m.txt"))
                .contains(path(SampleBackup.NOT_UTF_8))
                .contains("drwx")
                .doesNotContain("app.conf", "\u001b");
    }

    @Test
    void ls_can_list_everything_beneath() {
        assertThat(backup.run("ls", "-r").out()).contains(path("conf/app.conf"));
    }

    @Test
    void ls_as_json_has_names_a_program_can_open() throws IOException {
        JsonNode files = backup.json("ls", "-r", path("")).get("files");
        assertThat(files.findValuesAsText("path")).contains("red\u001b[31m.txt", "conf/app.conf");
        assertThat(files.findValuesAsText("path_base64")).contains("Y2Fm6Q==");
        assertThat(backup.run("ls", "-r", "--json").out()).doesNotContain("\u001b");
    }

    @Test
    void ls_at_a_time_before_the_first_backup_finds_nothing() {
        CliRun run = backup.run("ls", "--at", "1d");
        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("the backup holds nothing at any root at ");
    }

    @Test
    void a_name_can_be_given_as_ls_shows_it() {
        assertThat(backup.run("versions", path(SampleBackup.NOT_UTF_8)).exitCode())
                .isZero();
        assertThat(backup.run("diff", path("red\\x1b[31m.txt")).out()).isEqualTo("no difference\n");
        assertThat(backup.run("ls", path("red\\x1b[31m.txt")).exitCode()).isZero();
    }

    @Test
    void versions_shows_each_state_and_an_unknown_path_is_exit_code_6() throws IOException {
        assertThat(backup.run("versions", path("hello.txt")).out())
                .startsWith("OBSERVED ")
                .contains("durable", "5891b5b522d5");
        JsonNode versions = backup.json("versions", path("hello.txt")).get("versions");
        assertThat(versions.get(0).get("sha256").asText()).startsWith("5891b5b522d5");
        assertThat(backup.run("versions", path("missing")).exitCode()).isEqualTo(6);
    }

    @Test
    void diff_of_what_is_stored_and_there_is_no_difference() throws IOException {
        assertThat(backup.run("diff", path("conf/app.conf")).out()).isEqualTo("no difference\n");
        assertThat(backup.json("diff", path("conf")).get("same").asBoolean()).isTrue();
    }

    @Test
    void diff_of_what_nobody_knows_is_not_no_difference() {
        CliRun run = backup.run("diff", path("missing"));
        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void cost_counts_by_class_and_names_the_currency() throws IOException {
        CliRun run = backup.run("cost");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("prices in USD", "\nPUT ", "a month\n");
        assertThat(backup.json("cost").at("/requests/LIST/number").isNumber()).isTrue();
        assertThat(backup.json("cost", "--month", "2001-01")
                        .at("/requests/PUT/number")
                        .asLong())
                .isZero();
    }

    @Test
    void verify_reads_everything_when_asked() throws IOException {
        CliRun run = backup.run("verify", "--read-data", "100%");
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out()).startsWith("good: ").contains("0 missing").containsPattern("\\d files read .*, 0 wrong");
        assertThat(run.err()).contains("requests: ").contains(" GET").contains("1 LIST");
        assertThat(backup.json("verify").get("clean").asBoolean()).isTrue();
    }

    @Test
    void restore_works_beside_the_daemon_and_a_second_time_has_nothing_to_do() throws IOException {
        CliRun first = backup.run("restore", path("hello.txt"), "--to", target.toString());
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).startsWith("restored 1 entry (6 B)");
        assertThat(target.resolve("hello.txt")).hasContent("hello\n");
        JsonNode second = backup.json("restore", path("hello.txt"), "--to", target.toString());
        assertThat(second.get("unchanged").asLong()).isEqualTo(1);
    }

    @Test
    void a_file_whose_name_looks_like_a_pattern_can_be_restored() {
        backup.run("restore", path("set[1].txt"), "--to", target.resolve("set").toString());
        assertThat(target.resolve("set/set[1].txt")).hasContent("a set\n");
    }

    @Test
    void a_pattern_restores_what_it_matches() {
        backup.run("restore", path("*.txt"), "--to", target.resolve("texts").toString());
        assertThat(target.resolve("texts/hello.txt")).exists();
        assertThat(target.resolve("texts/conf")).doesNotExist();
    }

    @Test
    void a_dry_run_writes_nothing_and_asks_the_store_nothing() throws IOException {
        CliRun run =
                backup.run("restore", "files", "--to", target.resolve("dry").toString(), "-n");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("would restore ");
        assertThat(run.err()).isEmpty();
        assertThat(target.resolve("dry")).doesNotExist();
    }

    @Test
    void a_file_that_differs_is_kept_unless_overwriting_is_asked_for() throws IOException {
        Path folder = Files.createDirectories(target.resolve("kept"));
        Path there = folder.resolve("hello.txt");
        Files.writeString(there, "mine\n");
        String[] words = {"restore", path("hello.txt"), "--to", folder.toString(), "--overwrite", "never"};
        CliRun kept = backup.run(words);
        assertThat(kept.exitCode()).isEqualTo(1);
        assertThat(kept.out()).contains("kept: files: hello.txt: ").contains("1 kept");
        assertThat(there).hasContent("mine\n");
        words[5] = "always";
        assertThat(backup.run(words).exitCode()).isZero();
        assertThat(there).hasContent("hello\n");
    }

    @Test
    void what_was_never_backed_up_cannot_be_restored() {
        for (String pattern : new String[] {path("missing"), "/nowhere", "no-root"}) {
            CliRun run = backup.run("restore", pattern, "--to", target.toString());
            assertThat(run.exitCode()).as(pattern).isEqualTo(6);
            assertThat(run.err()).contains("nothing is backed up that matches").contains("files (" + path("") + ")");
        }
    }

    @Test
    void a_target_that_cannot_be_made_is_named() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        CliRun run =
                backup.run("restore", "files", "--to", file.resolve("below").toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(file.toString()).doesNotContain("unexpected");
    }

    @Test
    void a_second_daemon_and_a_rebuild_are_refused_with_the_pid_of_the_first() {
        for (String command : new String[] {"run", "rebuild"}) {
            CliRun run = backup.run(command);
            assertThat(run.exitCode()).as(command).isEqualTo(4);
            assertThat(run.err())
                    .contains("is in use by the process with pid "
                            + ProcessHandle.current().pid());
        }
    }
}
