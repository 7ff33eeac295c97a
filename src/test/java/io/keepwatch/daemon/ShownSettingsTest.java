package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import io.keepwatch.http.AccessToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShownSettingsTest {
    private static final String HASH = AccessToken.hash("kw_" + "c".repeat(43));

    @TempDir
    private Path folder;

    @Test
    void nothing_that_lets_somebody_write_elsewhere_is_shown() throws IOException {
        Path file = Files.writeString(folder.resolve("keepwatch.yml"), """
                host: web-1
                roots: [{path: %s, name: data}]
                http: {tokens: [{name: ada, role: read, hash: "%s"}]}
                webhooks:
                  phone: {format: ntfy, url: "https://ntfy.test", topic: canary-topic}
                  chat: {url: "https://chat.test:8443/services/canary-path?key=canary-query"}
                """.formatted(folder, HASH));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String shown = ShownSettings.of(
                        new ConfigLoader(Machine.current()).load(file).config())
                .toString();
        assertThat(shown).doesNotContain("canary").doesNotContain(HASH);
        assertThat(shown).contains("https://ntfy.test", "https://chat.test:8443/***", "name=ada");
    }
}
