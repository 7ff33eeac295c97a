package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DashboardTest extends ServedRoutes {
    @Test
    void every_file_is_served_with_its_type_and_asked_for_again_only_if_it_changed() {
        int port = serve(Access.open());
        List<String> paths = new Dashboard().paths();
        assertThat(paths).contains("/", "/index.html");
        for (String path : paths) {
            Reply reply = send(port, "GET", path, "", List.of());
            assertThat(reply.status()).as(path).isEqualTo(200);
            assertThat(reply.header("Content-Type")).as(path).isNotEqualTo("application/octet-stream");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
            Reply again = send(port, "GET", path, "", List.of("If-None-Match", reply.header("ETag")));
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
    }

    @Test
    void a_browser_that_unpacks_gets_a_packed_file_under_another_tag() {
        int port = serve(Access.open());
        Reply plain = send(port, "GET", "/", "", List.of());
        Reply packed = send(port, "GET", "/", "", List.of("Accept-Encoding", "gzip, br"));
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(packed.header("ETag")).isNotEqualTo(plain.header("ETag"));
        assertThat(plain.header("Content-Encoding")).isEqualTo("null");
        assertThat(plain.header("Content-Type")).startsWith("text/html");
    }

    @Test
    void nothing_else_of_the_program_can_be_fetched() {
        int port = serve(Access.open());
        for (String path : List.of(
                "/../http/openapi.yaml",
                "/%2e%2e/http/openapi.yaml",
                "/..%2fhttp%2fopenapi.yaml",
                "//etc/passwd",
                "/x")) {
            assertThat(send(port, "GET", path, "", List.of()).status()).as(path).isIn(400, 404);
        }
    }
}
