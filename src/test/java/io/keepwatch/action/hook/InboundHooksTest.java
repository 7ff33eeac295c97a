package io.keepwatch.action.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.action.wire.StandardSignature;
import io.keepwatch.config.HookConfig;
import io.keepwatch.config.HookConfig.Scheme;
import io.keepwatch.config.Secrets;
import io.keepwatch.workflow.type.RuleEvent;
import io.keepwatch.workflow.type.TraceParent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InboundHooksTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final byte[] BODY = utf8("{\"ref\":\"main\",\"count\":3,\"share\":0.5,\"ok\":true}");

    private final InboundHooks hooks = new InboundHooks(
            "web-1",
            Map.of(
                    "deploy", new HookConfig(Scheme.STANDARD, "signing"),
                    "push", new HookConfig(Scheme.GITHUB, "hub"),
                    "plain", new HookConfig(Scheme.BEARER, "token")),
            Secrets.of(Map.of("signing", KEY, "hub", "It's a Secret to Everybody", "token", "t0k3n")),
            () -> "made-1");

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> signed(String id, Instant at, byte[] body) {
        String signature = StandardSignature.of("signing", KEY).of(id, at.getEpochSecond(), body);
        return Map.of(
                "Webhook-Id",
                id,
                "webhook-timestamp",
                String.valueOf(at.getEpochSecond()),
                "WEBHOOK-SIGNATURE",
                "v1,b3RoZXI= " + signature);
    }

    private static Map<String, String> github(String id, byte[] body) {
        byte[] mac = StandardSignature.hmac(utf8("It's a Secret to Everybody"), body);
        return Map.of(
                "X-GitHub-Delivery",
                id,
                "X-Hub-Signature-256",
                "sha256=" + HexFormat.of().formatHex(mac));
    }

    private RuleEvent event(String name, Map<String, String> headers) {
        HookAnswer answer = hooks.receive(name, headers, BODY, NOW);
        assertThat(answer).isInstanceOf(HookAnswer.Accepted.class);
        return ((HookAnswer.Accepted) answer).event();
    }

    private int refusal(String name, Map<String, String> headers, byte[] body) {
        HookAnswer answer = hooks.receive(name, headers, body, NOW);
        assertThat(answer).isInstanceOf(HookAnswer.Refused.class);
        return ((HookAnswer.Refused) answer).status();
    }

    @Test
    void a_signed_call_becomes_an_event_with_its_id() {
        RuleEvent event = event("deploy", signed("msg_1", NOW.minusSeconds(299), BODY));
        assertThat(event.id()).isEqualTo("msg_1");
        assertThat(event.source()).isEqualTo("/host/web-1/hooks/deploy");
        assertThat(event.type()).isEqualTo("webhook.deploy");
        assertThat(event.subject()).isEqualTo("deploy");
        assertThat(event.data())
                .containsEntry("host", "web-1")
                .containsEntry("body", Map.of("ref", "main", "count", 3L, "share", 0.5, "ok", true));
    }

    @Test
    void a_call_is_refused_that_is_not_signed_or_signed_for_something_else() {
        assertThat(refusal("deploy", Map.of(), BODY)).isEqualTo(401);
        assertThat(refusal("deploy", signed("msg_1", NOW, BODY), utf8("{}"))).isEqualTo(401);
        assertThat(refusal("deploy", github("msg_1", BODY), BODY)).isEqualTo(401);
    }

    @Test
    void a_call_is_refused_whose_time_is_more_than_five_minutes_away() {
        assertThat(refusal("deploy", signed("msg_1", NOW.minusSeconds(301), BODY), BODY))
                .isEqualTo(401);
        assertThat(refusal("deploy", signed("msg_1", NOW.plusSeconds(301), BODY), BODY))
                .isEqualTo(401);
    }

    @Test
    void the_example_of_github_is_accepted() {
        // docs.github.com, "Validating webhook deliveries", testing the validation.
        Map<String, String> headers = Map.of(
                "x-github-delivery", "72d3162e",
                "x-hub-signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
        // The example's body is no JSON: the signature is right, and then the body is refused.
        assertThat(refusal("push", headers, utf8("Hello, World!"))).isEqualTo(400);
        assertThat(refusal("push", headers, utf8("Hello, World?"))).isEqualTo(401);
        assertThat(event("push", github("d-1", BODY)).id()).isEqualTo("d-1");
    }

    @Test
    void a_call_that_was_accepted_is_known_again_and_one_that_was_not_is_judged_anew() {
        HookAnswer first = hooks.receive("deploy", signed("msg_1", NOW, BODY), BODY, NOW);
        assertThat(hooks.receive("deploy", signed("msg_1", NOW, BODY), BODY, NOW))
                .isEqualTo(first);
        hooks.accepted((HookAnswer.Accepted) first, NOW);
        assertThat(hooks.receive("deploy", signed("msg_1", NOW, BODY), BODY, NOW))
                .isEqualTo(new HookAnswer.Repeated("msg_1"));
        event("deploy", signed("msg_2", NOW, BODY));
    }

    @Test
    void a_call_of_github_under_a_new_id_which_nobody_signed_is_known_by_its_body() {
        hooks.accepted((HookAnswer.Accepted) hooks.receive("push", github("d-1", BODY), BODY, NOW), NOW);
        assertThat(hooks.receive("push", github("d-1", utf8("{}")), utf8("{}"), NOW))
                .isInstanceOf(HookAnswer.Repeated.class);
        assertThat(hooks.receive("push", github("d-2", BODY), BODY, NOW)).isInstanceOf(HookAnswer.Repeated.class);
    }

    @Test
    void bearer_needs_the_token_and_takes_an_id_where_there_is_one() {
        assertThat(event("plain", Map.of("authorization", "bearer t0k3n")).id()).isEqualTo("made-1");
        assertThat(event("plain", Map.of("Authorization", "Bearer t0k3n", "Idempotency-Key", "k-1"))
                        .id())
                .isEqualTo("k-1");
        List.of("Bearer t0k3", "Bearer t0k3nn", "Basic t0k3n", "t0k3n", "Bearer ")
                .forEach(header -> assertThat(refusal("plain", Map.of("Authorization", header), BODY))
                        .isEqualTo(401));
    }

    @Test
    void bodies_that_are_too_large_too_deep_or_no_json_are_refused() {
        byte[] large = utf8("\"" + "x".repeat(InboundHooks.MAX_BODY_BYTES) + "\"");
        byte[] deep = utf8("[".repeat(33) + "]".repeat(33));
        byte[] fine = utf8("[".repeat(32) + "]".repeat(32));
        assertThat(refusal("deploy", signed("m", NOW, large), large)).isEqualTo(413);
        assertThat(refusal("deploy", signed("m", NOW, deep), deep)).isEqualTo(400);
        assertThat(hooks.receive("deploy", signed("m", NOW, fine), fine, NOW)).isInstanceOf(HookAnswer.Accepted.class);
        assertThat(refusal("deploy", signed("m", NOW, utf8("{} {}")), utf8("{} {}")))
                .isEqualTo(400);
        assertThat(refusal("deploy", signed("m", NOW, utf8("null")), utf8("null")))
                .isEqualTo(400);
        byte[] abyss = utf8("[".repeat(100_000));
        assertThat(refusal("deploy", signed("m", NOW, abyss), abyss)).isEqualTo(400);
    }

    private static Map<String, String> trusted(Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("Authorization", "Bearer t0k3n");
        return headers;
    }

    private HookAnswer plain(Map<String, String> headers, String body) {
        return hooks.receive("plain", trusted(headers), utf8(body), NOW);
    }

    private RuleEvent plainEvent(Map<String, String> headers, String body) {
        HookAnswer answer = plain(headers, body);
        assertThat(answer).isInstanceOf(HookAnswer.Accepted.class);
        return ((HookAnswer.Accepted) answer).event();
    }

    @Test
    void a_cloud_event_in_binary_mode_has_its_attributes_in_headers_and_its_data_as_body() {
        Map<String, String> headers = Map.of(
                "CE-SpecVersion", "1.0",
                "ce-id", "A-1",
                "ce-source", "https://ci.example.net/jobs",
                "ce-type", "net.example.built",
                "ce-subject", "\"Euro %E2%82%AC 5+5 100%25\"",
                "Content-Type", "application/json; charset=utf-8");
        RuleEvent event = plainEvent(headers, "{\"ok\":true}");
        assertThat(event.id()).isEqualTo("https://ci.example.net/jobs#A-1");
        assertThat(event.type()).isEqualTo("webhook.plain");
        assertThat(event.data())
                .containsEntry("body", Map.of("ok", true))
                .containsEntry(
                        "cloudevent",
                        Map.of(
                                "specversion", "1.0",
                                "id", "A-1",
                                "source", "https://ci.example.net/jobs",
                                "type", "net.example.built",
                                "subject", "Euro € 5+5 100%",
                                "datacontenttype", "application/json; charset=utf-8"));
    }

    @Test
    void a_cloud_event_in_structured_mode_is_the_same_event() {
        Map<String, String> headers = Map.of("Content-Type", "application/cloudevents+json; charset=UTF-8");
        String head = "{\"specversion\":\"1.0\",\"id\":\"A-1\",\"source\":\"/ci\",\"type\":\"built\",\"subject\":null,";
        RuleEvent event = plainEvent(headers, head + "\"data\":{\"ok\":true}}");
        assertThat(event.id()).isEqualTo("/ci#A-1");
        assertThat(event.data())
                .containsEntry("body", Map.of("ok", true))
                .containsEntry(
                        "cloudevent", Map.of("specversion", "1.0", "id", "A-1", "source", "/ci", "type", "built"));
        assertThat(plainEvent(headers, head + "\"data_base64\":\"eyJvayI6dHJ1ZX0=\"}")
                        .data())
                .containsEntry("body", Map.of("ok", true));
        assertThat(plainEvent(headers, head + "\"data_base64\":\"SGk=\",\"datacontenttype\":\"text/plain\"}")
                        .data())
                .containsEntry("body", "Hi");
        assertThat(plainEvent(headers, head + "\"time\":\"2026-01-01T00:00:00Z\"}")
                        .data())
                .doesNotContainKey("body");
    }

    @Test
    void a_cloud_event_is_known_again_by_source_and_id_where_the_call_has_no_id_of_its_own() {
        Map<String, String> headers =
                Map.of("ce-specversion", "1.0", "ce-id", "A-1", "ce-source", "/ci", "ce-type", "built");
        hooks.accepted((HookAnswer.Accepted) plain(headers, "{}"), NOW);
        assertThat(plain(headers, "{}")).isEqualTo(new HookAnswer.Repeated("/ci#A-1"));
        Map<String, String> other = new HashMap<>(headers);
        other.put("ce-source", "/other");
        assertThat(plainEvent(other, "{}").id()).isEqualTo("/other#A-1");
        other.put("Idempotency-Key", "k-1");
        assertThat(plainEvent(other, "").id()).isEqualTo("k-1");
    }

    @Test
    void cloud_events_that_cannot_be_read_are_refused() {
        Map<String, String> good =
                Map.of("ce-specversion", "1.0", "ce-id", "A-1", "ce-source", "/ci", "ce-type", "built");
        List.of("ce-id", "ce-source", "ce-type").forEach(name -> {
            Map<String, String> headers = new HashMap<>(good);
            headers.remove(name);
            assertThat(plain(headers, "{}"))
                    .isEqualTo(new HookAnswer.Refused(400, "the CloudEvent has no " + name.substring(3)));
        });
        Map<String, String> old = new HashMap<>(good);
        old.put("ce-specversion", "0.3");
        assertThat(refusal("plain", trusted(old), BODY)).isEqualTo(400);
        Map<String, String> image = new HashMap<>(good);
        image.put("content-type", "image/png");
        assertThat(refusal("plain", trusted(image), BODY)).isEqualTo(415);
        assertThat(refusal("plain", trusted(Map.of("Content-Type", "application/cloudevents-batch+json")), utf8("[]")))
                .isEqualTo(415);
        assertThat(refusal("plain", trusted(Map.of("Content-Type", "application/cloudevents+json")), utf8("[]")))
                .isEqualTo(400);
        assertThat(refusal("plain", good, BODY)).isEqualTo(401);
    }

    @Test
    void the_trace_of_a_call_is_kept_and_that_of_a_cloud_event_comes_first() {
        String header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        String attribute = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assertThat(plainEvent(Map.of("Traceparent", header), "{}").trace())
                .map(TraceParent::text)
                .hasValue(header);
        assertThat(plainEvent(Map.of("traceparent", "00-nonsense"), "{}").trace())
                .isEmpty();
        assertThat(plainEvent(
                                Map.of(
                                        "ce-specversion", "1.0",
                                        "ce-id", "A-1",
                                        "ce-source", "/ci",
                                        "ce-type", "built",
                                        "ce-traceparent", attribute,
                                        "traceparent", header),
                                "{}")
                        .trace())
                .map(TraceParent::text)
                .hasValue(attribute);
    }

    @Test
    void a_name_without_a_hook_is_not_found() {
        assertThat(refusal("other", Map.of(), BODY)).isEqualTo(404);
    }

    @Test
    void a_secret_in_another_form_than_the_standard_is_told_at_the_start() {
        assertThatThrownBy(() -> new InboundHooks(
                        "web-1",
                        Map.of("deploy", new HookConfig(Scheme.STANDARD, "signing")),
                        Secrets.of(Map.of("signing", "hunter22")),
                        () -> "id"))
                .hasMessageContaining("the secret \"signing\" is not whsec_ and base64")
                .hasMessageNotContaining("hunter22");
    }
}
