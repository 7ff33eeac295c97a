package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.layout.pack.AgeIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandTest {
    @TempDir
    private Path home;

    @Test
    void a_new_key_is_a_file_for_its_owner_alone_and_its_recipient_is_shown() throws IOException {
        Path file = home.resolve("identity.txt");
        CliRun run = CliRun.of(home, "key", "new", "--out", file.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("age1[0-9a-z]{58}\n");
        assertThat(Files.readString(file)).contains("# public key: " + run.out());
        assertThat(AgeIdentity.read(file).secrets()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_key_that_is_there_is_never_replaced() throws IOException {
        Path file = Files.writeString(home.resolve("identity.txt"), "the only key");
        CliRun run = CliRun.of(home, "key", "new", "--out", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEM);
        assertThat(run.err()).contains("exists already").contains("name another file");
        assertThat(file).hasContent("the only key");
    }

    @Test
    void without_a_file_the_identity_is_on_stdout_and_the_recipient_on_stderr() throws IOException {
        CliRun run = CliRun.of(home, "key", "new");
        Path file = Files.writeString(home.resolve("piped"), run.out());
        assertThat(AgeIdentity.read(file).secrets()).hasSize(1);
        assertThat(run.err()).startsWith("recipient: age1");
    }

    @Test
    void whoever_can_only_write_is_told_so_before_anything_is_asked() throws IOException {
        String recipient = CliRun.of(
                        home, "key", "new", "--out", home.resolve("key").toString())
                .out();
        Path config = Files.writeString(
                home.resolve("keepwatch.yml"), """
                host: sample
                state: "%s"
                store: {encryption: {recipients: [%s]}}
                """.formatted(home.resolve("state"), recipient.strip()));
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        for (List<String> command : List.of(
                List.of("restore", "/etc", "--to", "/nowhere"),
                List.of("rebuild"),
                List.of("verify", "--read-data", "5%"))) {
            List<String> line = new ArrayList<>(command);
            line.addAll(List.of("--config", config.toString()));
            CliRun run = CliRun.of(home, line.toArray(String[]::new));
            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(run.err()).contains("--identity").contains("store.encryption.identity");
        }
        assertThat(home.resolve("state")).doesNotExist();
    }

    @Test
    void an_identity_for_a_backup_that_is_not_encrypted_is_refused() throws IOException {
        Path config = Files.writeString(home.resolve("keepwatch.yml"), "state: \"" + home.resolve("state") + "\"\n");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        CliRun run = CliRun.of(home, "verify", "--identity", "key.txt", "--config", config.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(run.err()).contains("has no store.encryption");
    }
}
