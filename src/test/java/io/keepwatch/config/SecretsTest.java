package io.keepwatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    private Path folder;

    private Path file(String name, String content, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    private Secrets read(Map<String, SecretConfig> secrets, Map<String, String> environment) {
        Machine machine =
                new Machine(environment, Path.of("/"), Machine.current().uid(), "web-1");
        return Secrets.read(folder.resolve("keepwatch.yml"), secrets, machine);
    }

    @Test
    void they_come_from_files_variables_and_credentials_of_systemd() throws IOException {
        Path ops = file("ops", "first line\nsecond\n", "rw-------");
        file("pager", "p4ger", "r--r--r--");
        Secrets secrets = read(
                Map.of(
                        "ops", new SecretConfig.InFile(ops),
                        "pager", new SecretConfig.InCredential("pager"),
                        "token", new SecretConfig.InEnvironment("TOKEN")),
                Map.of("TOKEN", "t0k3n", "CREDENTIALS_DIRECTORY", folder.toString()));
        assertThat(secrets.names()).containsExactlyInAnyOrder("ops", "pager", "token");
        assertThat(secrets.value("ops")).isEqualTo("first line\nsecond");
        assertThat(secrets.value("pager")).isEqualTo("p4ger");
        assertThat(secrets.value("token")).isEqualTo("t0k3n");
        assertThatThrownBy(() -> secrets.value("other")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void every_one_that_cannot_be_had_is_told_with_what_to_do() throws IOException {
        Map<String, SecretConfig> secrets = new LinkedHashMap<>();
        secrets.put("open", new SecretConfig.InFile(file("open", "hunter22", "rw-r--r--")));
        secrets.put("short", new SecretConfig.InFile(file("short", "abc\n", "rw-------")));
        secrets.put("missing", new SecretConfig.InFile(folder.resolve("missing")));
        secrets.put("folder", new SecretConfig.InFile(folder));
        secrets.put("unset", new SecretConfig.InEnvironment("UNSET"));
        secrets.put("credential", new SecretConfig.InCredential("x"));
        assertThatThrownBy(() -> read(secrets, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("secrets.open: other users may read or change " + folder + "/open (mode 644)")
                .hasMessageContaining("chmod 600 " + folder + "/open")
                .hasMessageContaining("secrets.short: the secret has fewer than 4 letters")
                .hasMessageContaining("secrets.missing: " + folder + "/missing does not exist")
                .hasMessageContaining("secrets.folder: " + folder + " is not a regular file")
                .hasMessageContaining("secrets.unset: the environment has no variable UNSET")
                .hasMessageContaining("secrets.credential: there are no credentials of systemd")
                .hasMessageNotContaining("hunter22");
    }

    @Test
    void text_is_freed_of_them_the_longest_first() {
        Secrets secrets = Secrets.of(Map.of("a", "s3cret", "b", "s3cret-and-more"));
        assertThat(secrets.mask("s3cret s3cret-and-more $1")).isEqualTo("*** *** $1");
        assertThat(secrets.longest()).isEqualTo(15);
        assertThat(secrets.toString()).doesNotContain("s3cret");
    }
}
