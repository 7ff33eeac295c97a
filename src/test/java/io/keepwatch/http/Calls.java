package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** Asks the API at a port as a program would, and holds every answer against the document. */
public final class Calls {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ApiDocument document = new ApiDocument();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> asked = new TreeSet<>();
    private final int port;

    public Calls(int port) {
        this.port = port;
    }

    /** Which operations were asked and answered as promised. */
    public Set<String> asked() {
        return asked;
    }

    /** The JSON of an answer with this status; the operation is as the document names it. */
    public JsonNode get(String operation, String uri) throws IOException, InterruptedException {
        return json(call("GET " + operation, uri, "", 200));
    }

    public JsonNode send(String operation, String uri, String body, int status)
            throws IOException, InterruptedException {
        return json(call(operation, uri, body, status));
    }

    public HttpResponse<byte[]> call(String operation, String uri, String body, int status, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + uri))
                .header("X-Keepwatch", "1")
                .method(
                        operation.substring(0, operation.indexOf(' ')),
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(operation + " " + uri + ": " + text).isEqualTo(status);
        assertThat(document.problems(
                        operation,
                        status,
                        answer.headers().firstValue("content-type").orElse(""),
                        text))
                .isEmpty();
        if (status == 503 || status == 409) {
            assertThat(answer.headers().firstValue("retry-after").isPresent())
                    .as(operation + " says when to ask again")
                    .isEqualTo(status == 503);
        }
        asked.add(operation);
        return answer;
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
        return answer.body().length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(answer.body());
    }
}
