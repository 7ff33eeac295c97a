package io.keepwatch.action.send;

import io.keepwatch.action.StepTasks;
import io.keepwatch.config.ChannelConfig;
import io.keepwatch.config.RulesConfig;
import io.keepwatch.config.Secrets;
import io.keepwatch.config.WebhookConfig;
import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.type.RuleEvent;
import io.keepwatch.workflow.type.TraceParent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A sender whose outbox and clock are in hand. */
final class SendFixture extends Clock implements AutoCloseable {
    static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final Secrets SECRETS =
            Secrets.of(Map.of("signing", KEY, "token", "t0k3n-of-ops", "pager", "r0uting-key", "smtp", "p4ssword"));

    final MemoryOutbox outbox = new MemoryOutbox();
    final List<RuleEvent> events = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private HttpClientOptions http = new HttpClientOptions();
    private Resolver resolver = host -> List.of(InetAddress.getLoopbackAddress());
    private OutboxSender sender = sender(Map.of(), Map.of());
    private Instant now = StepTasks.NOW;

    SendFixture with(HttpClientOptions options) {
        http = options;
        return this;
    }

    SendFixture with(Resolver other) {
        resolver = other;
        return this;
    }

    /** A start of the program; the outbox is the same. */
    SendFixture start(Map<String, WebhookConfig> webhooks, Map<String, ChannelConfig> channels) {
        close();
        sender = sender(webhooks, channels);
        return this;
    }

    private OutboxSender sender(Map<String, WebhookConfig> webhooks, Map<String, ChannelConfig> channels) {
        RulesConfig rules =
                new RulesConfig(Path.of("workflows"), Optional.empty(), 4, webhooks, channels, Map.of(), Map.of());
        return new OutboxSender(vertx, outbox, rules, SECRETS, this, () -> 0.5, events::add, resolver, http);
    }

    SendFixture start(WebhookConfig ops) {
        return start(Map.of("ops", ops), Map.of());
    }

    static WebhookConfig webhook(String url, boolean allowPrivate, WebhookConfig.Format format) {
        return new WebhookConfig(
                Optional.of(URI.create(url)),
                Optional.empty(),
                format,
                Optional.of("signing"),
                Optional.of("token"),
                Optional.of("topic"),
                Optional.of("pager"),
                allowPrivate,
                Duration.ofSeconds(10));
    }

    static WebhookConfig events(TestReceiver receiver) {
        return webhook(
                "http://ops.example.test:" + receiver.port() + "/in?a=b", true, WebhookConfig.Format.CLOUDEVENTS);
    }

    static Message message(String with) {
        return message(with, false);
    }

    static Message message(String with, boolean resolve) {
        Task task = StepTasks.of("{id: tell, webhook: ops, with: " + with + "}");
        Run run = task.run();
        Run same = new Run(
                run.id(),
                run.rule(),
                run.key(),
                run.event(),
                run.previous(),
                resolve,
                run.revision(),
                run.created(),
                run.status(),
                run.steps(),
                "");
        return message(task, same);
    }

    /** Of a run whose event came with this trace. */
    static Message traced(TraceParent trace) {
        Task task = StepTasks.of(StepTasks.FULL.tracedBy(Optional.of(trace)), "{id: tell, webhook: ops}", "run-1");
        return message(task, task.run());
    }

    private static Message message(Task task, Run same) {
        return new Message(task.idempotencyKey(), "web-1", same, task.step().id(), task.with(), StepTasks.NOW);
    }

    Receipt send(Message message) throws Exception {
        return send("webhooks.ops", message, false);
    }

    Receipt send(String target, Message message, boolean again) throws Exception {
        return send(target, message, again, () -> false);
    }

    Receipt send(String target, Message message, boolean again, BooleanSupplier withdrawn) throws Exception {
        return sender.send(target, message, again, withdrawn)
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    int tickAfter(Duration time) throws Exception {
        now = now.plus(time);
        return sender.tick(now).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void close() {
        sender.close();
    }

    void end() throws Exception {
        close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
