package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keepwatch.http.Calls;
import io.keepwatch.store.EmbeddedS3;
import io.keepwatch.store.S3Options;
import io.keepwatch.store.S3Options.Credentials;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the API tells of a store that gives nothing: whether to ask again, or what a person must do. */
class ApiFailureTest extends DaemonFixture {
    private static final String CONTENT = "GET /files/content";
    private static final String URI = "/files/content?root=data&path=file";

    private Optional<EmbeddedS3> server = Optional.empty();

    @BeforeEach
    void start_a_server() throws IOException {
        server = Optional.of(EmbeddedS3.start(buckets()));
        Files.writeString(watched().resolve("file"), "content");
    }

    @AfterEach
    void stop_the_server() {
        server.ifPresent(EmbeddedS3::close);
    }

    private Path buckets() {
        return temporary.resolve("buckets");
    }

    private Path credentials() {
        return temporary.resolve("credentials");
    }

    private S3Options options() {
        return server.orElseThrow().options();
    }

    private void writeCredentials(String secret) throws IOException {
        Credentials.Static keys = (Credentials.Static) options().credentials();
        Files.writeString(
                credentials(),
                "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
                        .formatted(keys.accessKeyId(), secret));
    }

    /** A daemon that has stored everything. */
    private Calls backedUp(String more) throws IOException {
        writeCredentials(((Credentials.Static) options().credentials()).secretKey());
        Daemon daemon = start(config("{s3: {bucket: %s, endpoint: \"%s\", credentials: {file: \"%s\"}}%s}"
                .formatted(options().bucket(), options().endpoint().orElseThrow(), credentials(), more)));
        awaitDurable(daemon);
        return new Calls(daemon.port());
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private static String retryAfter(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("retry-after").orElse("");
    }

    @Test
    void a_store_that_gives_no_answer_is_to_be_asked_again() throws Exception {
        Calls api = backedUp("");
        stop_the_server();
        HttpResponse<byte[]> answer = api.call(CONTENT, URI, "", 503);
        assertThat(retryAfter(answer)).isEqualTo("30");
        assertThat(json(answer).get("title").asText()).isEqualTo("The store is out of reach");
        assertThat(json(answer).get("detail").asText()).contains("nothing listens there");
        assertThat(api.get("/status", "/status").has("state")).isTrue();
    }

    @Test
    void keys_that_the_store_does_not_take_are_for_a_person() throws Exception {
        Calls api = backedUp("");
        writeCredentials("another");
        HttpResponse<byte[]> answer = api.call(CONTENT, URI, "", 409);
        assertThat(retryAfter(answer)).isEmpty();
        assertThat(json(answer).get("detail").asText()).contains("credentials");
        Files.delete(credentials());
        assertThat(json(api.call(CONTENT, URI, "", 409)).get("detail").asText()).contains("no credentials were found");
    }

    @Test
    void a_bucket_that_is_gone_is_for_a_person() throws Exception {
        Calls api = backedUp("");
        Files.move(buckets().resolve(options().bucket()), buckets().resolve("moved-away"));
        HttpResponse<byte[]> answer = api.call(CONTENT, URI, "", 409);
        assertThat(json(answer).get("detail").asText()).contains("no such bucket; create it");
    }

    @Test
    void what_this_host_cannot_decrypt_says_where_it_can() throws Exception {
        Calls api = backedUp(
                ", encryption: {recipients: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p]}");
        HttpResponse<byte[]> answer = api.call(CONTENT, URI, "", 409);
        assertThat(json(answer).get("title").asText()).isEqualTo("No identity");
        assertThat(json(answer).get("detail").asText()).contains("identity");
    }

    @Test
    void damaged_bytes_lead_to_verify() throws Exception {
        Calls api = backedUp("");
        try (Stream<Path> files = Files.walk(buckets())) {
            for (Path pack :
                    files.filter(file -> file.toString().endsWith(".tar.zst")).toList()) {
                byte[] bytes = Files.readAllBytes(pack);
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] ^= 0x55;
                }
                Files.write(pack, bytes);
            }
        }
        assertThat(json(api.call(CONTENT, URI, "", 409)).get("detail").asText()).contains("keepwatch verify");
    }
}
