package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which requests a web page can make a browser send, and which of them get through. */
class HostGuardTest extends ServedRoutes {
    private static final RouteGroup ROUTES = router -> {
        router.get("/api/v1/thing").handler(context -> context.response().end("read"));
        router.post("/api/v1/thing").handler(context -> {
            Body.read(context, Thing.class);
            context.response().end("changed");
        });
    };

    record Thing(int number) {}

    @Test
    void of_all_combinations_only_our_own_get_through() {
        int port = serve(Access.open(), ROUTES);
        String own = "127.0.0.1:" + port;
        int allowed = 0;
        int cells = 0;
        for (String host : List.of(own, "localhost:" + port, "[::1]:" + port, "evil.example", "10.0.0.7:" + port)) {
            for (String origin : List.of("", "http://" + host, "http://evil.example", "http://127.0.0.1:1", "null")) {
                for (String site : List.of("", "same-origin", "none", "same-site", "cross-site")) {
                    for (String mark : List.of("", "1", "0")) {
                        for (String type : List.of("", "application/json", "text/plain")) {
                            for (String method : List.of("GET", "POST")) {
                                boolean ours = !host.equals("evil.example") && !host.startsWith("10.");
                                boolean same = origin.isEmpty() || origin.equals("http://" + host);
                                boolean near = Set.of("", "same-origin", "none").contains(site);
                                boolean safe =
                                        method.equals("GET") || (mark.equals("1") && type.equals("application/json"));
                                boolean expected = ours && same && near && safe;
                                int status = status(port, method, host, origin, site, mark, type);
                                assertThat(status == 200)
                                        .as("%s Host %s, Origin %s, Sec-Fetch-Site %s, X-Keepwatch %s, %s: %d"
                                                .formatted(method, host, origin, site, mark, type, status))
                                        .isEqualTo(expected);
                                cells++;
                                allowed += expected ? 1 : 0;
                            }
                        }
                    }
                }
            }
        }
        assertThat(cells).isEqualTo(2250);
        assertThat(allowed).isBetween(100, 300);
    }

    private int status(int port, String method, String host, String origin, String site, String mark, String type) {
        List<String> headers = new ArrayList<>(List.of("Host", host));
        add(headers, "Origin", origin);
        add(headers, "Sec-Fetch-Site", site);
        add(headers, "X-Keepwatch", mark);
        add(headers, "Content-Type", type);
        return send(port, method, "/api/v1/thing", method.equals("POST") ? "{\"number\": 1}" : "", headers)
                .status();
    }

    private static void add(List<String> headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.addAll(List.of(name, value));
        }
    }

    @Test
    void a_link_on_another_site_leads_to_the_dashboard_and_to_nothing_else() {
        int port = serve(Access.open(), ROUTES);
        List<String> link =
                List.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document");
        assertThat(send(port, "GET", "/", "", link).status()).isEqualTo(200);
        assertThat(send(port, "GET", "/api/v1/thing", "", link).status()).isEqualTo(403);
        List<String> frame =
                List.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe");
        assertThat(send(port, "GET", "/", "", frame).status()).isEqualTo(403);
    }

    @Test
    void a_server_that_others_reach_is_called_by_addresses_and_configured_names() {
        AccessToken token = new AccessToken("a", AccessToken.hash("t"), Role.OPERATE);
        int port = serve(new Access(List.of(token), Set.of("k.example.net"), false, false, false), ROUTES);
        for (String host : List.of("10.0.0.7", "[2001:db8::1]:443", "K.example.net", "localhost")) {
            assertThat(send(port, "GET", "/api/v1/thing", "", List.of("Host", host, "Authorization", "Bearer t"))
                            .body())
                    .isEqualTo("read");
        }
        assertThat(send(port, "GET", "/api/v1/thing", "", List.of("Host", "evil.example", "Authorization", "Bearer t"))
                        .status())
                .isEqualTo(421);
    }

    @Test
    void every_answer_tells_the_browser_to_be_careful() {
        int port = serve(Access.open(), ROUTES);
        for (String uri : List.of("/", "/api/v1/thing", "/nothing")) {
            Reply reply = send(port, "GET", uri, "", List.of());
            assertThat(reply.header("Content-Security-Policy"))
                    .contains("default-src 'self'")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("null");
        }
        assertThat(send(port, "GET", "/api/v1/thing", "", List.of()).header("Cache-Control"))
                .isEqualTo("no-store");
    }

    @Test
    void a_body_that_is_too_large_is_refused() {
        int port = serve(Access.open(), ROUTES);
        Reply reply = send(
                port,
                "POST",
                "/api/v1/thing",
                " ".repeat(65 * 1024),
                List.of("X-Keepwatch", "1", "Content-Type", "application/json"));
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).contains("64 KiB");
    }
}
