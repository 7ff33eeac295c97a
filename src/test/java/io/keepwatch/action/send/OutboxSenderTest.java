package io.keepwatch.action.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keepwatch.action.StepTasks;
import io.keepwatch.action.wire.StandardSignature;
import io.keepwatch.config.WebhookConfig;
import io.keepwatch.workflow.type.TraceParent;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxSenderTest {
    private static final Message MESSAGE =
            SendFixture.message("{text: \"${event.subject} is full\", used: \"${event.data.used_percent}\"}");

    private final SendFixture fixture = new SendFixture();
    private TestReceiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = TestReceiver.start();
        fixture.start(SendFixture.events(receiver));
    }

    @AfterEach
    void end() throws Exception {
        fixture.end();
        receiver.close();
    }

    @Test
    void an_event_arrives_signed_with_its_id_and_the_outbox_knows() throws Exception {
        assertThat(fixture.send(MESSAGE)).isEqualTo(new Receipt(true, true, 204, ""));
        TestReceiver.Request request = receiver.requests().get(0);
        assertThat(request.path()).isEqualTo("/in?a=b");
        assertThat(request.headers())
                .containsEntry("Content-Type", "application/cloudevents+json")
                .containsEntry("webhook-id", "run-1/tell")
                .containsEntry("Idempotency-Key", "run-1/tell")
                .containsEntry("webhook-timestamp", String.valueOf(StepTasks.NOW.getEpochSecond()))
                .containsEntry("Authorization", "Bearer t0k3n-of-ops")
                .containsEntry("Host", "ops.example.test:" + receiver.port());
        assertThat(StandardSignature.of("signing", SendFixture.KEY)
                        .matches(
                                request.headers().getOrDefault("webhook-signature", ""),
                                "run-1/tell",
                                StepTasks.NOW.getEpochSecond(),
                                request.body().getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        JsonNode event = new ObjectMapper().readTree(request.body());
        assertThat(event.at("/specversion").asText()).isEqualTo("1.0");
        assertThat(event.at("/id").asText()).isEqualTo("run-1/tell");
        assertThat(event.at("/source").asText()).isEqualTo("/host/web-1/rules/full");
        assertThat(event.at("/type").asText()).isEqualTo("io.keepwatch.rule.message.v1");
        assertThat(event.at("/data/with/text").asText()).isEqualTo("/var is full");
        assertThat(event.at("/data/with/used").asDouble()).isEqualTo(92.5);
        assertThat(event.at("/data/event/type").asText()).isEqualTo("io.keepwatch.disk.usage.v1");
        assertThat(event.at("/data/event/data/used_percent").asDouble()).isEqualTo(92.5);
        assertThat(fixture.outbox.ended()).containsEntry("run-1/tell", "delivered 204");
    }

    @Test
    void the_trace_of_the_event_goes_on_in_header_and_body_with_each_attempt() throws Exception {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        receiver.then(503).then(200);
        fixture.send(SendFixture.traced(new TraceParent(trace)));
        assertThat(fixture.tickAfter(Duration.ofSeconds(5))).isEqualTo(1);
        assertThat(receiver.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.headers()).containsEntry("traceparent", trace);
            JsonNode event = new ObjectMapper().readTree(request.body());
            assertThat(event.at("/traceparent").asText()).isEqualTo(trace);
            assertThat(event.at("/data/event/traceparent").asText()).isEqualTo(trace);
        });
    }

    @Test
    void a_message_without_a_trace_says_none() throws Exception {
        fixture.send(MESSAGE);
        assertThat(receiver.requests().get(0).headers()).doesNotContainKey("traceparent");
        assertThat(receiver.requests().get(0).body()).doesNotContain("traceparent");
    }

    @Test
    void a_message_that_is_withdrawn_before_its_turn_is_not_sent() throws Exception {
        assertThat(fixture.send("webhooks.ops", MESSAGE, false, () -> true))
                .isEqualTo(new Receipt(false, false, 0, "its run gave way to a newer one"));
        assertThat(fixture.tickAfter(Duration.ofDays(1))).isZero();
        assertThat(receiver.requests()).isEmpty();
        assertThat(fixture.events).isEmpty();
    }

    @Test
    void a_message_that_is_withdrawn_while_it_is_sent_is_not_tried_again() throws Exception {
        receiver.then(503);
        fixture.send("webhooks.ops", MESSAGE, false, () -> !receiver.requests().isEmpty());
        assertThat(fixture.tickAfter(Duration.ofDays(1))).isZero();
        assertThat(receiver.requests()).hasSize(1);
        assertThat(fixture.outbox.owed()).isEmpty();
        assertThat(fixture.events).isEmpty();
    }

    @Test
    void a_message_that_is_withdrawn_but_arrives_has_arrived() throws Exception {
        assertThat(fixture.send(
                        "webhooks.ops",
                        MESSAGE,
                        false,
                        () -> !receiver.requests().isEmpty()))
                .isEqualTo(new Receipt(true, true, 204, ""));
    }

    @Test
    void the_signature_is_that_of_the_standard() {
        // The example of the reference libraries of Standard Webhooks.
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
        assertThat(StandardSignature.of("signing", SendFixture.KEY)
                        .of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330L, body))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void a_receiver_that_is_down_gets_it_when_it_is_up_again() throws Exception {
        receiver.then(503).then(500).then(429).then(200);
        assertThat(fixture.send(MESSAGE)).isEqualTo(new Receipt(true, false, 503, "the target answered 503"));
        assertThat(fixture.tickAfter(Duration.ofSeconds(4))).isZero();
        assertThat(fixture.tickAfter(Duration.ofSeconds(1))).isEqualTo(1);
        assertThat(fixture.tickAfter(Duration.ofSeconds(9))).isZero();
        assertThat(fixture.tickAfter(Duration.ofSeconds(1))).isEqualTo(1);
        assertThat(fixture.tickAfter(Duration.ofSeconds(20))).isEqualTo(1);
        assertThat(fixture.outbox.ended()).containsEntry("run-1/tell", "delivered 200");
        assertThat(receiver.requests())
                .extracting(request -> request.headers().get("webhook-id"))
                .containsExactly("run-1/tell", "run-1/tell", "run-1/tell", "run-1/tell");
        assertThat(receiver.requests())
                .extracting(TestReceiver.Request::body)
                .containsOnly(receiver.requests().get(0).body());
        assertThat(receiver.requests().get(3).headers())
                .containsEntry("webhook-timestamp", String.valueOf(StepTasks.NOW.getEpochSecond() + 35));
        assertThat(fixture.events).isEmpty();
    }

    @Test
    void a_receiver_that_cannot_be_reached_or_does_not_answer_gets_it_later() throws Exception {
        receiver.close();
        assertThat(fixture.send(MESSAGE)).satisfies(receipt -> {
            assertThat(receipt.accepted()).isTrue();
            assertThat(receipt.status()).isZero();
            assertThat(receipt.problem()).contains("could not be reached");
        });
        receiver = TestReceiver.start().then(0);
        WebhookConfig slow = SendFixture.events(receiver);
        fixture.start(new WebhookConfig(
                slow.url(),
                Optional.empty(),
                slow.format(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Duration.ofMillis(200)));
        assertThat(fixture.tickAfter(Duration.ofSeconds(5))).isEqualTo(1);
        assertThat(fixture.outbox.owed())
                .hasSize(1)
                .allSatisfy(owed -> assertThat(owed.attempts()).isEqualTo(2));
        assertThat(fixture.tickAfter(Duration.ofSeconds(10))).isEqualTo(1);
        assertThat(fixture.outbox.ended()).containsEntry("run-1/tell", "delivered 204");
    }

    @Test
    void retry_after_is_honoured_in_seconds_and_as_a_date() throws Exception {
        receiver.then(429, Map.of("Retry-After", "120"), "")
                .then(503, Map.of("Retry-After", "Fri, 02 Jan 2026 05:04:05 GMT"), "");
        fixture.send(MESSAGE);
        assertThat(fixture.outbox.next()).hasValue(StepTasks.NOW.plusSeconds(120));
        assertThat(fixture.tickAfter(Duration.ofMinutes(2))).isEqualTo(1);
        assertThat(fixture.outbox.next()).hasValue(Instant.parse("2026-01-02T05:04:05Z"));
    }

    @Test
    void an_outbox_in_which_nothing_is_due_is_not_read_again_and_again() throws Exception {
        fixture.tickAfter(Duration.ofSeconds(1));
        int looks = fixture.outbox.looks();
        fixture.tickAfter(Duration.ofSeconds(1));
        fixture.tickAfter(Duration.ofMinutes(9));
        assertThat(fixture.outbox.looks()).isEqualTo(looks);
        receiver.then(503, Map.of("Retry-After", "60"), "");
        fixture.send(MESSAGE);
        fixture.tickAfter(Duration.ofSeconds(1));
        int afterSending = fixture.outbox.looks();
        assertThat(fixture.tickAfter(Duration.ofSeconds(58))).isZero();
        assertThat(fixture.outbox.looks()).isEqualTo(afterSending);
        assertThat(fixture.tickAfter(Duration.ofSeconds(1))).isEqualTo(1);
    }

    @Test
    void what_the_target_refuses_fails_and_is_not_tried_again() throws Exception {
        receiver.then(400, Map.of(), "invalid_payload t0k3n-of-ops\n" + "x".repeat(100_000));
        Receipt receipt = fixture.send(MESSAGE);
        assertThat(receipt.accepted()).isFalse();
        assertThat(receipt.status()).isEqualTo(400);
        assertThat(receipt.problem())
                .startsWith("the target answered 400: invalid_payload ***")
                .hasSizeLessThan(400);
        assertThat(fixture.tickAfter(Duration.ofHours(2))).isZero();
        assertThat(fixture.outbox.waiting()).isZero();
    }

    @Test
    void a_step_that_was_refused_may_try_once_more() throws Exception {
        receiver.then(404);
        assertThat(fixture.send(MESSAGE).accepted()).isFalse();
        assertThat(fixture.send("webhooks.ops", MESSAGE, true)).isEqualTo(new Receipt(true, true, 204, ""));
    }

    @Test
    void a_message_that_was_written_down_before_a_crash_is_not_sent_by_its_step_again() throws Exception {
        fixture.send(MESSAGE);
        assertThat(fixture.send(MESSAGE)).isEqualTo(new Receipt(true, false, 0, ""));
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void what_is_owed_is_sent_after_a_restart() throws Exception {
        receiver.then(500);
        fixture.send(MESSAGE);
        fixture.start(SendFixture.events(receiver));
        assertThat(fixture.tickAfter(Duration.ofSeconds(5))).isEqualTo(1);
        assertThat(fixture.outbox.ended()).containsEntry("run-1/tell", "delivered 204");
    }

    @Test
    void what_does_not_arrive_within_a_day_is_given_up_and_told() throws Exception {
        for (int i = 0; i < 100; i++) {
            receiver.then(503);
        }
        fixture.send(MESSAGE);
        int attempts = 1;
        while (fixture.outbox.waiting() > 0) {
            attempts += fixture.tickAfter(Duration.ofMinutes(30));
        }
        assertThat(attempts).isGreaterThan(20);
        assertThat(Duration.between(StepTasks.NOW, fixture.instant()))
                .isBetween(Duration.ofHours(22), Duration.ofHours(24));
        assertThat(fixture.events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("delivery.given_up");
            assertThat(event.subject()).isEqualTo("webhooks.ops");
            assertThat(event.data()).containsEntry("problem", "the target answered 503");
        });
    }

    @Test
    void a_target_that_is_gone_gets_nothing_more_until_the_next_start() throws Exception {
        receiver.then(410);
        assertThat(fixture.send(MESSAGE).accepted()).isFalse();
        Message other = new Message("run-2/tell", "web-1", MESSAGE.run(), "tell", MESSAGE.with(), StepTasks.NOW);
        Receipt refused = fixture.send(other);
        assertThat(refused.accepted()).isFalse();
        assertThat(refused.problem()).contains("wants no messages any more");
        assertThat(receiver.requests()).hasSize(1);
        assertThat(fixture.events)
                .singleElement()
                .satisfies(event -> assertThat(event.type()).isEqualTo("target.disabled"));
        fixture.start(SendFixture.events(receiver));
        Message third = new Message("run-3/tell", "web-1", MESSAGE.run(), "tell", MESSAGE.with(), StepTasks.NOW);
        assertThat(fixture.send(third).delivered()).isTrue();
    }

    @Test
    void a_target_that_was_removed_is_given_up() throws Exception {
        receiver.then(500);
        fixture.send(MESSAGE);
        fixture.start(Map.of(), Map.of());
        assertThat(fixture.tickAfter(Duration.ofSeconds(5))).isEqualTo(1);
        assertThat(fixture.outbox.ended().get("run-1/tell")).contains("no webhooks.ops");
    }

    @Test
    void redirects_are_not_followed() throws Exception {
        try (TestReceiver canary = TestReceiver.start()) {
            receiver.then(302, Map.of("Location", "http://127.0.0.1:" + canary.port() + "/"), "");
            Receipt receipt = fixture.send(MESSAGE);
            assertThat(receipt.accepted()).isFalse();
            assertThat(receipt.problem()).contains("redirects are not followed");
            assertThat(canary.requests()).isEmpty();
        }
    }

    @Test
    void a_private_address_is_refused_unless_it_is_meant() throws Exception {
        String url = "http://ops.example.test:" + receiver.port() + "/";
        fixture.start(SendFixture.webhook(url, false, WebhookConfig.Format.JSON));
        Receipt receipt = fixture.send(MESSAGE);
        assertThat(receipt.accepted()).isFalse();
        assertThat(receipt.problem()).contains("127.0.0.1").contains("allow_private");
        String literal = "http://127.0.0.1:" + receiver.port() + "/";
        fixture.with(Resolver::system).start(SendFixture.webhook(literal, false, WebhookConfig.Format.JSON));
        Message other = new Message("run-2/tell", "web-1", MESSAGE.run(), "tell", MESSAGE.with(), StepTasks.NOW);
        assertThat(fixture.send(other).accepted()).isFalse();
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void a_name_is_resolved_once_for_each_request_so_that_no_second_answer_can_lead_elsewhere() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        fixture.with(host -> {
                    assertThat(host).isEqualTo("no-such-host.invalid");
                    asked.incrementAndGet();
                    return List.of(InetAddress.getLoopbackAddress());
                })
                .start(SendFixture.webhook(
                        "http://no-such-host.invalid:" + receiver.port() + "/", true, WebhookConfig.Format.JSON));
        assertThat(fixture.send(MESSAGE).delivered()).isTrue();
        assertThat(asked).hasValue(1);
    }

    @Test
    void a_name_that_does_not_resolve_is_tried_again() throws Exception {
        fixture.with(host -> {
                    throw new UnknownHostException(host);
                })
                .start(SendFixture.events(receiver));
        Receipt receipt = fixture.send(MESSAGE);
        assertThat(receipt).isEqualTo(new Receipt(true, false, 0, "the host is not known: ops.example.test"));
    }
}
