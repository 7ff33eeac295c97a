package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import io.keepwatch.http.AccessToken;
import io.keepwatch.http.ApiDocument;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every operation of a daemon that runs, asked by nobody, by one who may read, and by one who may do all. */
class ApiRolesTest extends DaemonFixture {
    private static final Set<String> FOR_ALL =
            Set.of("GET /session", "POST /session", "DELETE /session", "GET /openapi.yaml");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Config withTokens() throws IOException {
        Path file = writeConfig("");
        String tokens =
                "{listen: \"127.0.0.1:0\", tokens: [{name: r, hash: %s, role: read}, {name: o, hash: %s, role: operate}]}"
                        .formatted(AccessToken.hash("reads"), AccessToken.hash("operates"));
        Files.writeString(file, Files.readString(file).replace("{listen: \"127.0.0.1:0\"}", tokens));
        return new ConfigLoader(Machine.current()).load(file).config();
    }

    /** The body is wrong for every operation, so that nothing happens; of a stream only the head is waited for. */
    private static int status(Daemon daemon, String operation, String token) throws IOException, InterruptedException {
        String[] words = operation.split(" ", 2);
        String path = "/api/v1" + words[1].replaceAll("\\{\\w+}", "x");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + path))
                .timeout(PATIENCE)
                .header("X-Keepwatch", "1")
                .method(words[0], HttpRequest.BodyPublishers.ofString(words[0].equals("POST") ? "{" : ""));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<InputStream> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        response.body().close();
        return response.statusCode();
    }

    @Test
    void nobody_is_let_in_and_who_reads_changes_nothing() throws Exception {
        Daemon daemon = start(withTokens());
        Set<String> operations = new TreeSet<>(new ApiDocument().operations().keySet());
        assertThat(operations).containsAll(FOR_ALL);
        operations.removeAll(FOR_ALL);
        for (String operation : operations) {
            boolean reads = operation.startsWith("GET ");
            assertThat(status(daemon, operation, "")).as("nobody: " + operation).isEqualTo(401);
            int reader = status(daemon, operation, "reads");
            if (reads) {
                assertThat(reader).as("reads: " + operation).isNotIn(401, 403, 405);
            } else {
                assertThat(reader).as("reads: " + operation).isEqualTo(403);
            }
        }
    }

    @Test
    void who_operates_is_let_in_everywhere() throws Exception {
        Daemon daemon = start(withTokens());
        for (String operation : new ApiDocument().operations().keySet()) {
            if (!FOR_ALL.contains(operation)) {
                assertThat(status(daemon, operation, "operates")).as(operation).isNotIn(401, 403, 405);
            }
        }
    }
}
