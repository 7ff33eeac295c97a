package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    private Path home;

    @Test
    void the_tour_backs_up_sees_a_change_and_restores() throws IOException {
        Path dir = home.toRealPath().resolve("demo");
        CliRun run = CliRun.of(home, "demo", "--once", "--dir", dir.toString());
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("Everything of this demo lies in " + dir)
                .contains("1. 6 files (")
                .contains("2. a changed file was durable ")
                .contains("3. restored to " + dir.resolve("restored"));
        assertThat(dir.resolve("restored/notes/todo.txt"))
                .hasSameTextualContentAs(dir.resolve("watched/notes/todo.txt"));
        assertThat(dir.resolve("state/daemon.sock")).doesNotExist();
    }

    @Test
    void a_folder_with_files_in_it_is_left_alone() throws IOException {
        Files.writeString(home.resolve("mine.txt"), "mine\n");
        CliRun run = CliRun.of(home, "demo", "--once", "--dir", home.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("is not empty");
        assertThat(home).isDirectoryContaining("glob:**/mine.txt").isDirectoryNotContaining("glob:**/watched");
    }
}
