package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say after the daemon has ended, and after the state was damaged. */
class StoppedDaemonTest {
    @TempDir
    private Path home;

    private static long requests(SampleBackup backup, String type) throws IOException {
        return backup.json("cost").at("/requests/" + type + "/number").asLong();
    }

    private static void removePacks(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(some -> some.toString().endsWith(".tar.zst")).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void a_restore_is_on_the_bill_at_once_and_after_the_daemon_took_it_up() throws IOException {
        try (SampleBackup backup = SampleBackup.in(home).start().stop()) {
            long before = requests(backup, "GET");
            Path target = home.resolve("restored");
            CliRun run = backup.run("restore", "files", "--to", target.toString());
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(target.resolve("conf/app.conf")).hasContent("port = 1\n");
            assertThat(run.err()).isEqualTo("requests: 1 GET (less than 0.0001 USD)\n");
            assertThat(requests(backup, "GET")).isEqualTo(before + 1);

            backup.start().stop();
            assertThat(backup.state().resolve("requests")).isEmptyDirectory();
            assertThat(requests(backup, "GET")).isEqualTo(before + 1);
        }
    }

    @Test
    void a_restore_succeeds_where_the_bill_cannot_be_written() throws IOException {
        try (SampleBackup backup = SampleBackup.in(home).start().stop()) {
            Files.writeString(backup.state().resolve("requests"), "a file, not a folder");
            CliRun run = backup.run(
                    "restore", "files", "--to", home.resolve("restored").toString());
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).contains("these requests are missing from the bill: " + backup.state());
        }
    }

    @Test
    void a_change_that_nobody_saw_is_a_difference() throws IOException {
        try (SampleBackup backup = SampleBackup.in(home).start().stop()) {
            Files.writeString(backup.root().resolve("hello.txt"), "hello\nworld\n");
            CliRun file = backup.run("diff", backup.root() + "/hello.txt");
            assertThat(file.exitCode()).isEqualTo(1);
            assertThat(file.out()).contains("--- stored/hello.txt", "\n hello", "\n+world\n");
            CliRun folder = backup.run("diff", backup.root().toString());
            assertThat(folder.exitCode()).isEqualTo(1);
            assertThat(folder.out()).contains("changed hello.txt\n");
            JsonNode result = backup.json("diff", backup.root().toString());
            assertThat(result.at("/differences/0/kind").asText()).isEqualTo("changed");
        }
    }

    @Test
    void what_asks_the_daemon_says_how_to_start_one() throws IOException {
        try (SampleBackup backup = SampleBackup.in(home).start().stop()) {
            for (String[] words : new String[][] {{"status"}, {"status", "--watch"}, {"backup", "/nowhere"}}) {
                CliRun run = backup.run(words);
                assertThat(run.exitCode()).isEqualTo(4);
                assertThat(run.out()).isEmpty();
                assertThat(run.err()).contains("no daemon answers at ").contains("keepwatch run");
            }
        }
    }

    @Test
    void an_object_that_is_gone_is_found_by_verify() throws IOException {
        try (SampleBackup backup = SampleBackup.in(home).start().stop()) {
            removePacks(backup.state().resolve("s3"));
            CliRun run = backup.run("verify");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).startsWith("NOT good: ").contains("1 missing");
            assertThat(run.err()).contains("is missing in the bucket").contains("hello.txt");
            JsonNode result = backup.json("verify", "--read-data", "100%");
            assertThat(result.get("clean").asBoolean()).isFalse();
            assertThat(result.get("problems")).isNotEmpty();
        }
    }

    @Test
    void a_lost_catalog_is_rebuilt_from_the_bucket() throws IOException {
        try (SampleBackup backup = SampleBackup.in(home).start().stop()) {
            String before = backup.run("ls", "-r").out();
            CliRun run = backup.run("rebuild");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out())
                    .contains("the old catalog is kept as " + backup.state())
                    .endsWith("versions again; nothing is missing\n");
            assertThat(run.err()).contains("requests: ").contains("LIST");
            assertThat(backup.run("ls", "-r").out()).isEqualTo(before);
            assertThat(backup.json("rebuild").get("versions").asLong()).isGreaterThanOrEqualTo(SampleBackup.FILES);
        }
    }

    @Test
    void a_rebuild_that_breaks_off_says_what_to_do_before_the_next_start() throws IOException {
        try (SampleBackup backup = SampleBackup.in(home).start().stop()) {
            Path bucket = backup.state().resolve("s3");
            Files.move(bucket, home.resolve("bucket"));
            Files.writeString(bucket, "a file, not a folder");
            CliRun run = backup.run("rebuild");
            assertThat(run.exitCode()).isEqualTo(5);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .contains("run rebuild again before a daemon is started. The old catalog is kept as ")
                    .contains(bucket.toString());
        }
    }
}
