package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    @TempDir
    private Path home;

    private Path file() {
        return home.resolve("a/b/keepwatch.yml");
    }

    private CliRun init(String... more) {
        return CliRun.of(
                home,
                Stream.concat(Stream.of("init", "--config", file().toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void it_writes_a_file_that_passes_the_check_and_that_only_the_owner_reads() throws IOException {
        CliRun run = init();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("wrote " + file() + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(CliRun.of(home, "check", "--config", file().toString()).exitCode())
                .isZero();
    }

    @Test
    void a_file_that_is_there_is_kept() throws IOException {
        Files.createDirectories(file().resolveSibling("."));
        Files.writeString(file(), "host: mine\n");
        CliRun run = init();
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains(file() + " exists already").contains("--force");
        assertThat(file()).hasContent("host: mine\n");
        assertThat(file().resolveSibling(".")).isDirectoryNotContaining("glob:**.keepwatch-*");
    }

    @Test
    void force_replaces_it() throws IOException {
        init();
        Files.writeString(file(), "host: mine\n");
        assertThat(init("--force").exitCode()).isZero();
        assertThat(Files.readString(file())).contains("host: web-1");
    }

    @Test
    void stdout_writes_no_file() {
        CliRun run = init("--stdout");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("host: web-1");
        assertThat(file()).doesNotExist();
    }

    @Test
    void a_place_that_cannot_be_written_is_named() throws IOException {
        Files.writeString(home.resolve("a"), "a file, not a folder");
        CliRun run = init();
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err())
                .contains("keepwatch: " + file() + " cannot be written")
                .contains("--config");
    }
}
