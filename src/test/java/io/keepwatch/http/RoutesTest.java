package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void a_live_daemon_is_healthy_and_ready() throws Exception {
        int port = serve("current");
        assertThat(get(port, "/healthz").body()).isEqualTo("ok\n");
        HttpResponse<String> ready = get(port, "/readyz");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("ready: a sentence\n");
    }

    @Test
    void a_daemon_that_waits_for_a_person_is_not_ready_and_says_why() throws Exception {
        HttpResponse<String> answer = get(serve("blocked"), "/readyz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("a sentence");
    }

    @Test
    void the_status_comes_back_as_it_was_given() throws Exception {
        HttpResponse<String> answer = get(serve("current"), "/api/v1/status");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(Json.read(answer.body(), Status.class)).isEqualTo(status("current"));
        assertThat(answer.body()).contains("\"lag_seconds\":0.5");
    }

    @Test
    void a_path_that_is_not_there_answers_with_what_is() throws Exception {
        HttpResponse<String> answer = get(serve("current"), "/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("/api/v1/openapi.yaml");
    }

    @Test
    void a_request_from_another_site_is_refused() throws Exception {
        int port = serve("current");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/status"))
                .header("Sec-Fetch-Site", "cross-site")
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }

    @Test
    void a_rebound_name_is_refused() {
        int port = serve("current");
        int status = vertx.createHttpClient()
                .request(new io.vertx.core.http.RequestOptions()
                        .setServer(io.vertx.core.net.SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                        .setHost("evil.example")
                        .setURI("/api/v1/status"))
                .compose(request -> request.send())
                .map(response -> response.statusCode())
                .await();
        assertThat(status).isEqualTo(421);
    }

    @Test
    void where_tokens_are_set_the_reason_is_not_for_everybody() throws Exception {
        StatusView view = () -> CompletableFuture.completedFuture(status("blocked"));
        Access access = new Access(
                List.of(new AccessToken("a", AccessToken.hash("b"), Role.READ)), Set.of(), true, false, false);
        HttpServer server = Connections.serve(
                        vertx,
                        Routes.serverOptions(),
                        Connections.Limits.STANDARD,
                        Routes.guarded(
                                vertx,
                                access,
                                List.of(),
                                List.of(new HealthRoutes(view, false)),
                                List.of(),
                                Failures.NONE))
                .listen(0, "127.0.0.1")
                .await();
        HttpResponse<String> answer = get(server.actualPort(), "/readyz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("not ready\n");
    }

    @Test
    void an_address_that_is_not_encoded_well_is_a_problem_like_others() {
        io.vertx.core.http.HttpClientResponse answer = vertx.createHttpClient()
                .request(io.vertx.core.http.HttpMethod.GET, serve("current"), "127.0.0.1", "/api/v1/%zz")
                .compose(request -> request.send())
                .await();
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void a_mistake_of_the_program_is_not_blamed_on_the_request() throws Exception {
        RouteGroup broken = router -> router.get("/broken").handler(context -> {
            throw new IllegalArgumentException("inside");
        });
        HttpServer server = Connections.serve(
                        vertx,
                        Routes.serverOptions(),
                        Connections.Limits.STANDARD,
                        Routes.guarded(vertx, Access.open(), List.of(), List.of(), List.of(broken), Failures.NONE))
                .listen(0, "127.0.0.1")
                .await();
        HttpResponse<String> answer = get(server.actualPort(), "/broken");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("inside");
    }

    private int serve(String state) {
        StatusView view = () -> CompletableFuture.completedFuture(status(state));
        List<RouteGroup> groups = List.of(new HealthRoutes(view, true), new StatusRoutes(view));
        HttpServer server = Connections.serve(
                        vertx,
                        Routes.serverOptions(),
                        Connections.Limits.STANDARD,
                        Routes.guarded(vertx, Access.open(), List.of(), List.of(), groups, Failures.NONE))
                .listen(0, "127.0.0.1")
                .await();
        return server.actualPort();
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static Status status(String state) {
        return new Status(
                "1",
                "web-1",
                42,
                Instant.parse("2026-01-01T00:00:00Z"),
                state,
                "a sentence",
                List.of(new Status.Root(
                        "etc",
                        "/etc",
                        "complete",
                        Optional.empty(),
                        Optional.empty(),
                        3,
                        4096,
                        Optional.of(Instant.parse("2026-01-01T00:00:01.5Z")),
                        Optional.empty(),
                        Optional.empty())),
                new Status.Backlog(1, 2, 3, 0.5),
                new Status.Store("mirror", "s3://b/p", true, Optional.empty()),
                new Status.Requests(Map.of("PUT", 3L), Map.of("PUT", 4L), new BigDecimal("0.01"), "USD"),
                Optional.empty(),
                new Status.Maintenance(false, Optional.empty(), Optional.empty()));
    }
}
