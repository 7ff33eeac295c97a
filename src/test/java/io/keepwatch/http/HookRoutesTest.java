package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Programs of others call hooks: they know nothing of this API but the address and their secret. */
class HookRoutesTest extends ServedRoutes {
    private static final RouteGroup HOOKS = new HookRoutes((name, headers, body) -> CompletableFuture.completedFuture(
            "right".equals(headers.get("X-Hub-Signature-256"))
                    ? new HooksView.Verdict(202, "")
                    : new HooksView.Verdict(401, "the signature is another one")));
    private static final RouteGroup OTHER = router ->
            router.post("/api/v1/thing").handler(context -> context.response().end("changed"));
    private static final List<String> SIGNED = List.of("X-Hub-Signature-256", "right");

    private int serve() {
        return serve(Access.open(), List.of(HOOKS), OTHER);
    }

    @Test
    void a_signature_is_all_that_a_caller_needs() {
        int port = serve();
        assertThat(send(port, "POST", "/hooks/deploy", "{}", SIGNED).status()).isEqualTo(202);
        Reply refused = send(port, "POST", "/hooks/deploy", "{}", List.of("X-Hub-Signature-256", "wrong"));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).contains("the signature is another one");
    }

    @Test
    void a_body_may_have_256_kib_and_no_more() {
        int port = serve();
        assertThat(send(port, "POST", "/hooks/deploy", "x".repeat(256 * 1024), SIGNED)
                        .status())
                .isEqualTo(202);
        Reply refused = send(port, "POST", "/hooks/deploy", "x".repeat(256 * 1024 + 1), SIGNED);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.body()).contains("256 KiB");
    }

    @Test
    void a_rebound_name_and_another_site_are_refused_here_too() {
        int port = serve();
        assertThat(send(
                                port,
                                "POST",
                                "/hooks/deploy",
                                "{}",
                                List.of("X-Hub-Signature-256", "right", "Host", "evil.example"))
                        .status())
                .isEqualTo(421);
        assertThat(send(
                                port,
                                "POST",
                                "/hooks/deploy",
                                "{}",
                                List.of("X-Hub-Signature-256", "right", "Origin", "https://evil.example"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_signature_opens_no_other_route() {
        int port = serve();
        assertThat(send(port, "POST", "/api/v1/thing", "{}", SIGNED).status()).isEqualTo(403);
        assertThat(send(port, "POST", "/api/v1/thing", "x".repeat(64 * 1024 + 1), List.of("X-Keepwatch", "1"))
                        .status())
                .isEqualTo(413);
    }
}
