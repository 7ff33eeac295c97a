package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoginTest extends ServedRoutes {
    private static final RouteGroup ROUTES = router -> {
        router.get("/api/v1/thing")
                .handler(context -> context.response().end(Caller.of(context).name()));
        router.post("/api/v1/thing").handler(context -> context.response().end("changed"));
        router.get("/metrics").handler(context -> context.response().end("metrics"));
    };
    private static final List<AccessToken> TOKENS = List.of(
            new AccessToken("ada", AccessToken.hash("operator"), Role.OPERATE),
            new AccessToken("grafana", AccessToken.hash("reader"), Role.READ));

    private int serve(boolean trustProxy, boolean secure) {
        return serve(new Access(TOKENS, Set.of(), true, trustProxy, secure), ROUTES);
    }

    private static List<String> bearer(String token) {
        return List.of("Authorization", "Bearer " + token);
    }

    @Test
    void who_has_no_token_sees_nothing_but_the_pages() {
        int port = serve(false, false);
        for (String uri : List.of("/api/v1/thing", "/metrics", "/api/v1/openapi.yaml", "/api/v1/nothing", "/nothing")) {
            Reply reply = send(port, "GET", uri, "", List.of());
            assertThat(reply.status()).as(uri).isEqualTo(401);
            assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
        assertThat(send(port, "GET", "/", "", List.of()).status()).isEqualTo(200);
        assertThat(send(port, "GET", "/api/v1/session", "", List.of()).body())
                .isEqualTo("{\"login\":true,\"authenticated\":false,\"name\":null,\"role\":\"none\"}");
    }

    @Test
    void a_token_allows_what_its_role_says() {
        int port = serve(false, false);
        assertThat(send(port, "GET", "/api/v1/thing", "", bearer("reader")).body())
                .isEqualTo("grafana");
        assertThat(send(port, "GET", "/metrics", "", bearer("reader")).body()).isEqualTo("metrics");
        Reply refused = send(port, "POST", "/api/v1/thing", "", bearer("reader"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("grafana").contains("role: operate");
        assertThat(send(port, "POST", "/api/v1/thing", "", bearer("operator")).body())
                .isEqualTo("changed");
        assertThat(send(port, "GET", "/api/v1/thing", "", bearer("operator ".repeat(2)))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_browser_logs_in_with_a_token_and_out_again() {
        int port = serve(false, false);
        List<String> json = List.of("Content-Type", "application/json", "X-Keepwatch", "1");
        Reply login = send(port, "POST", "/api/v1/session", "{\"token\": \"operator\"}", json);
        assertThat(login.body()).contains("\"name\":\"ada\"").contains("\"role\":\"operate\"");
        String cookie = login.header("Set-Cookie");
        assertThat(cookie)
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict")
                .doesNotContain("operator");
        String session = cookie.substring(0, cookie.indexOf(';'));
        assertThat(send(port, "GET", "/api/v1/thing", "", List.of("Cookie", session))
                        .body())
                .isEqualTo("ada");
        assertThat(send(port, "POST", "/api/v1/thing", "", List.of("Cookie", session))
                        .status())
                .isEqualTo(403);
        assertThat(send(port, "POST", "/api/v1/thing", "", List.of("Cookie", session, "X-Keepwatch", "1"))
                        .body())
                .isEqualTo("changed");
        assertThat(send(port, "DELETE", "/api/v1/session", "", List.of("Cookie", session, "X-Keepwatch", "1"))
                        .status())
                .isEqualTo(204);
        assertThat(send(port, "GET", "/api/v1/thing", "", List.of("Cookie", session))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void the_cookie_lasts_as_long_as_the_session_from_each_request_on() {
        int port = serve(false, false);
        List<String> json = List.of("Content-Type", "application/json", "X-Keepwatch", "1");
        String cookie = send(port, "POST", "/api/v1/session", "{\"token\": \"reader\"}", json)
                .header("Set-Cookie");
        assertThat(cookie).contains("Max-Age=43200");
        List<String> session = List.of("Cookie", cookie.substring(0, cookie.indexOf(';')));
        assertThat(send(port, "GET", "/api/v1/thing", "", session).header("Set-Cookie"))
                .isEqualTo(cookie);
    }

    @Test
    void a_session_of_a_reader_only_reads_and_travels_over_tls_alone() {
        int port = serve(false, true);
        List<String> json = List.of("Content-Type", "application/json", "X-Keepwatch", "1");
        String cookie = send(port, "POST", "/api/v1/session", "{\"token\": \"reader\"}", json)
                .header("Set-Cookie");
        assertThat(cookie).contains("Secure");
        List<String> session = List.of("Cookie", cookie.substring(0, cookie.indexOf(';')), "X-Keepwatch", "1");
        assertThat(send(port, "GET", "/api/v1/thing", "", session).body()).isEqualTo("grafana");
        assertThat(send(port, "POST", "/api/v1/thing", "", session).status()).isEqualTo(403);
    }

    @Test
    void wrong_tokens_are_slowed_down_by_address_however_they_come() {
        int port = serve(true, false);
        for (int i = 0; i < 10; i++) {
            assertThat(send(port, "GET", "/api/v1/thing", "", from("10.0.0.1, 192.0.2.7", "wrong"))
                            .status())
                    .isEqualTo(401);
        }
        Reply slowed = send(port, "GET", "/api/v1/thing", "", from("10.9.9.9, 192.0.2.7", "operator"));
        assertThat(slowed.status()).isEqualTo(429);
        assertThat(Integer.parseInt(slowed.header("Retry-After"))).isBetween(1, 60);
        assertThat(send(port, "GET", "/api/v1/thing", "", from("192.0.2.8", "operator"))
                        .body())
                .isEqualTo("ada");
    }

    @Test
    void a_proxy_may_add_a_line_of_its_own_to_what_the_client_invented() {
        int port = serve(true, false);
        for (int i = 0; i < 10; i++) {
            assertThat(send(port, "GET", "/api/v1/thing", "", through("10.0.0." + i, "192.0.2.7", "wrong"))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(send(port, "GET", "/api/v1/thing", "", through("10.0.0.99", "192.0.2.7", "operator"))
                        .status())
                .isEqualTo(429);
    }

    private static List<String> through(String invented, String seen, String token) {
        return List.of("X-Forwarded-For", invented, "X-Forwarded-For", seen, "Authorization", "Bearer " + token);
    }

    private static List<String> from(String forwarded, String token) {
        return List.of("X-Forwarded-For", forwarded, "Authorization", "Bearer " + token);
    }

    @Test
    void failures_are_forgotten_one_by_one() {
        long[] now = {-5};
        FailedLogins failures = new FailedLogins(() -> now[0]);
        for (int i = 0; i < 10; i++) {
            assertThat(failures.waitSeconds("a")).isZero();
            failures.failed("a");
        }
        assertThat(failures.waitSeconds("a")).isEqualTo(7);
        now[0] += 6_000_000_000L;
        assertThat(failures.waitSeconds("a")).isZero();
        failures.failed("a");
        assertThat(failures.waitSeconds("a")).isPositive();
        failures.failed("2001:db8:0:1:0:0:0:1");
        assertThat(failures.waitSeconds("2001:db8:0:1:0:0:0:2")).isZero();
        for (int i = 2; i < 12; i++) {
            failures.failed("2001:db8:0:1:0:0:0:" + i);
        }
        assertThat(failures.waitSeconds("2001:db8:0:1:0:0:0:99")).isPositive();
    }

    @Test
    void a_session_ends_when_nobody_uses_it() {
        long[] now = {0};
        Sessions sessions = new Sessions(new java.security.SecureRandom(), () -> now[0]);
        String secret = sessions.begin(new Caller("ada", Role.READ));
        now[0] += Sessions.IDLE.toNanos() - 1;
        assertThat(sessions.find(secret)).isPresent();
        now[0] += Sessions.IDLE.toNanos() - 1;
        assertThat(sessions.find(secret)).isPresent();
        now[0] += Sessions.IDLE.toNanos() + 1;
        assertThat(sessions.find(secret)).isEmpty();
    }
}
