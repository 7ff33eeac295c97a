package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.http.AccessToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
    @TempDir
    private Path home;

    @Test
    void the_line_that_is_shown_can_stand_in_the_configuration() throws IOException {
        CliRun run = CliRun.of(home, "token", "new", "--name", "ada", "--role", "operate");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("kw_[A-Za-z0-9_-]{43}\n");
        assertThat(run.err()).contains("hash: " + AccessToken.hash(run.out().strip()));
        Path config = Files.writeString(
                home.resolve("keepwatch.yml"),
                "http:\n  tokens:\n"
                        + run.err()
                                .lines()
                                .skip(1)
                                .map(line -> "  " + line + "\n")
                                .findFirst()
                                .orElse(""));
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        CliRun check = CliRun.of(home, "--config", config.toString(), "check");
        assertThat(check.err() + check.out()).doesNotContain("hash");
        assertThat(check.exitCode()).isZero();
    }

    @Test
    void no_two_tokens_are_the_same() {
        assertThat(CliRun.of(home, "token", "new").out())
                .isNotEqualTo(CliRun.of(home, "token", "new").out());
    }

    @Test
    void a_name_that_would_break_the_line_is_refused() {
        CliRun run = CliRun.of(home, "token", "new", "--name", "a, role: operate");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
    }
}
