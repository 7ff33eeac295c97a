package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PackedJsonTest extends ServedRoutes {
    private static final List<String> UNPACKS = List.of("Accept-Encoding", "gzip, br");

    private int answering(String text) {
        return serve(
                Access.open(),
                router -> router.get("/api/v1/answer")
                        .handler(context -> Answer.blocking(context, Runnable::run, () -> List.of(text))));
    }

    @Test
    void a_large_answer_is_packed_for_who_unpacks_it() {
        String text = "some words ".repeat(1000);
        int port = answering(text);
        Reply packed = send(port, "GET", "/api/v1/answer", "", UNPACKS);
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(Long.parseLong(packed.header("Content-Length"))).isBetween(1L, text.length() / 10L);
        Reply plain = send(port, "GET", "/api/v1/answer", "", List.of());
        assertThat(plain.header("Content-Encoding")).isEqualTo("null");
        assertThat(plain.body()).isEqualTo("[\"" + text + "\"]");
    }

    @Test
    void a_small_answer_goes_as_it_is() {
        Reply reply = send(answering("little"), "GET", "/api/v1/answer", "", UNPACKS);
        assertThat(reply.header("Content-Encoding")).isEqualTo("null");
        assertThat(reply.body()).isEqualTo("[\"little\"]");
    }
}
