package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BodyTest extends ServedRoutes {
    private static final List<String> JSON = List.of("Content-Type", "application/json", "X-Keepwatch", "1");

    private final AtomicReference<Path> asked = new AtomicReference<>();
    private final int port = serve(Access.open(), new BackupRoutes(path -> {
        asked.set(path);
        return CompletableFuture.completedFuture(new BackupRoutes.Accepted("etc", 1));
    }));

    @Test
    void a_key_that_is_not_known_is_refused_and_named_with_those_that_are() {
        Reply refused = send(port, "POST", "/api/v1/backups", "{\"path\": \"/etc\", \"dryRun\": true}", JSON);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.body()).contains("dryRun").contains("its keys are path");
        assertThat(asked).hasNullValue();
    }

    @Test
    void a_body_with_known_keys_is_taken() {
        assertThat(send(port, "POST", "/api/v1/backups", "{\"path\": \"/etc\"}", JSON)
                        .status())
                .isEqualTo(202);
        assertThat(asked).hasValue(Path.of("/etc"));
    }
}
