package io.keepwatch.action.send;

import io.keepwatch.action.limit.Slots;
import io.keepwatch.config.RulesConfig;
import io.keepwatch.config.Secrets;
import io.keepwatch.workflow.state.Delivery;
import io.keepwatch.workflow.state.Outbox;
import io.keepwatch.workflow.type.RuleEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages at least once: each is in the outbox before its first attempt, and is tried again until it arrives, is
 * refused, or a day is over. At most 16 are under way at once. For any thread; returns at once.
 */
public final class OutboxSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxSender.class);
    private static final int AT_ONCE = 16;
    private static final int CLOSE_SECONDS = 5;
    private static final Answer WITHDRAWN = Answer.refused(0, "its run gave way to a newer one");

    private final Outbox outbox;
    private final Secrets secrets;
    private final Clock clock;
    private final DoubleSupplier chance;
    private final Consumer<RuleEvent> events;
    private final Targets targets;
    private final Slots slots = new Slots(AT_ONCE);
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Map<String, String> disabled = new ConcurrentHashMap<>();
    private final ExecutorService workers;
    /** Before this nothing that is written down is due; the outbox is not read to find that out each time. */
    private final AtomicReference<Instant> nextDue = new AtomicReference<>(Instant.MIN);

    /**
     * Throws IllegalArgumentException where a secret has not the form that its use needs.
     *
     * @param chance from 0 to 1, to spread retries
     * @param events takes {@code delivery.given_up} and {@code target.disabled}, on any thread
     */
    public OutboxSender(
            Vertx vertx,
            Outbox outbox,
            RulesConfig rules,
            Secrets secrets,
            Clock clock,
            DoubleSupplier chance,
            Consumer<RuleEvent> events) {
        this(vertx, outbox, rules, secrets, clock, chance, events, Resolver::system, new HttpClientOptions());
    }

    OutboxSender(
            Vertx vertx,
            Outbox outbox,
            RulesConfig rules,
            Secrets secrets,
            Clock clock,
            DoubleSupplier chance,
            Consumer<RuleEvent> events,
            Resolver resolver,
            HttpClientOptions http) {
        this.outbox = outbox;
        this.secrets = secrets;
        this.clock = clock;
        this.chance = chance;
        this.events = events;
        this.workers = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "keepwatch-send");
            thread.setDaemon(true);
            return thread;
        });
        this.targets = Targets.of(vertx, rules, secrets, resolver, http, workers);
    }

    /**
     * Writes a message down and tries it once. The stage fails only where the outbox cannot be written.
     *
     * @param target its key path in the configuration, such as {@code webhooks.ops}
     * @param again whether the step failed before and sends the same message once more; if it was refused then, the outbox
     *     has given it up, and this attempt is the only one
     * @param withdrawn once it holds, the message is not sent, and not tried again when it did not arrive
     */
    public CompletionStage<Receipt> send(String target, Message message, boolean again, BooleanSupplier withdrawn) {
        Optional<Target> found = targets.find(target);
        if (found.isEmpty()) {
            return CompletableFuture.completedFuture(new Receipt(
                    false, false, 0, "the configuration has no " + target + ": add it, or change the rule"));
        }
        Delivery delivery = new Delivery(
                message.id(),
                target,
                found.get().format().contentType(),
                found.get().format().body(message),
                message.at(),
                0,
                message.at(),
                "",
                message.run().event().trace());
        underWay.add(delivery.id());
        // Should what becomes of it not be written down, it is found by the next tick.
        dueAt(delivery.due());
        return CompletableFuture.supplyAsync(() -> outbox.add(delivery), workers)
                .thenCompose(added -> added
                        ? attempt(found.get(), delivery, withdrawn).thenApply(answer -> Receipt.of(answer, true))
                        : known(found.get(), delivery, again, withdrawn))
                .whenComplete((receipt, problem) -> underWay.remove(delivery.id()));
    }

    /**
     * Tries what is due; the stage tells how many attempts there were, when all of them have ended. Costs nothing where
     * nothing is due.
     */
    public CompletionStage<Integer> tick(Instant now) {
        if (now.isBefore(nextDue.get())) {
            return CompletableFuture.completedFuture(0);
        }
        nextDue.set(Instant.MAX);
        return CompletableFuture.supplyAsync(() -> outbox.due(now, AT_ONCE), workers)
                .thenCompose(due -> {
                    List<CompletableFuture<?>> attempts = new ArrayList<>();
                    due.stream()
                            .filter(delivery -> underWay.add(delivery.id()))
                            .forEach(delivery -> attempts.add(retry(delivery).toCompletableFuture()));
                    return CompletableFuture.allOf(attempts.toArray(CompletableFuture<?>[]::new))
                            .thenApply(done -> attempts.size());
                })
                .thenApplyAsync(
                        attempts -> {
                            outbox.next().ifPresent(this::dueAt);
                            return attempts;
                        },
                        workers)
                .whenComplete((attempts, problem) -> {
                    if (problem != null) {
                        nextDue.set(Instant.MIN);
                    }
                });
    }

    private void dueAt(Instant time) {
        nextDue.accumulateAndGet(time, (known, other) -> other.isBefore(known) ? other : known);
    }

    /** A message of this id is written down already, because the program or the step came here before. */
    private CompletionStage<Receipt> known(Target target, Delivery delivery, boolean again, BooleanSupplier withdrawn) {
        if (!again) {
            return CompletableFuture.completedFuture(new Receipt(true, false, 0, ""));
        }
        return trial(target, delivery, withdrawn).thenApply(answer -> Receipt.of(answer, false));
    }

    private CompletionStage<Answer> retry(Delivery delivery) {
        CompletionStage<Answer> attempt = targets.find(delivery.target())
                .map(target -> attempt(target, delivery, () -> false))
                .orElseGet(() -> CompletableFuture.supplyAsync(
                        () -> recorded(delivery, Answer.refused(0, "the configuration has no " + delivery.target())),
                        workers));
        return attempt.whenComplete((answer, problem) -> {
            underWay.remove(delivery.id());
            if (problem != null) {
                LOG.warn(
                        "{} was tried, but the outbox cannot be written, so it may be sent twice",
                        delivery.id(),
                        problem);
            } else if (answer.kind() == Answer.Kind.REFUSED) {
                tellGivenUp(delivery, answer.problem());
            }
        });
    }

    private CompletionStage<Answer> attempt(Target target, Delivery delivery, BooleanSupplier withdrawn) {
        return trial(target, delivery, withdrawn)
                .thenApplyAsync(
                        answer -> recorded(
                                delivery,
                                answer.kind() == Answer.Kind.LATER && withdrawn.getAsBoolean() ? WITHDRAWN : answer),
                        workers);
    }

    private CompletionStage<Answer> trial(Target target, Delivery delivery, BooleanSupplier withdrawn) {
        return slots.run(() -> {
            if (withdrawn.getAsBoolean()) {
                return CompletableFuture.completedFuture(WITHDRAWN);
            }
            String gone = disabled.get(delivery.target());
            return gone == null
                    ? target.sender().send(delivery, clock.instant())
                    : CompletableFuture.completedFuture(Answer.refused(410, gone));
        });
    }

    /** Writes down what became of an attempt, and returns it without a secret in it. */
    private Answer recorded(Delivery delivery, Answer raw) {
        Answer answer = new Answer(raw.kind(), raw.status(), secrets.mask(raw.problem()), raw.notBefore());
        Instant now = clock.instant();
        switch (answer.kind()) {
            case DELIVERED -> outbox.delivered(delivery.id(), answer.status(), now);
            case LATER -> postpone(delivery, answer, now);
            case REFUSED -> outbox.givenUp(delivery.id(), answer.problem(), now);
            case GONE -> {
                outbox.givenUp(delivery.id(), answer.problem(), now);
                disable(delivery, answer.problem(), now);
            }
        }
        return answer;
    }

    private void postpone(Delivery delivery, Answer answer, Instant now) {
        Optional<Instant> next = RetryTimes.next(delivery, answer.notBefore(), now, chance.getAsDouble());
        if (next.isPresent()) {
            outbox.postpone(delivery.postponed(next.get(), answer.problem()));
            dueAt(next.get());
            LOG.warn(
                    "{} is not delivered to {} and is tried again: {}",
                    delivery.id(),
                    delivery.target(),
                    answer.problem());
        } else {
            outbox.givenUp(delivery.id(), answer.problem(), now);
            tellGivenUp(delivery, answer.problem());
        }
    }

    private void disable(Delivery delivery, String problem, Instant now) {
        String text = delivery.target() + " wants no messages any more, and gets none until Keepwatch is started anew: "
                + problem;
        if (disabled.putIfAbsent(delivery.target(), text) == null) {
            LOG.error("{}", text);
            events.accept(RuleEvent.of(
                    delivery.id() + "/disabled",
                    "/outbox",
                    "target.disabled",
                    delivery.target(),
                    now,
                    Map.of("problem", problem)));
        }
    }

    private void tellGivenUp(Delivery delivery, String problem) {
        LOG.error(
                "{} was not delivered to {} and is given up after {} attempts: {}",
                delivery.id(),
                delivery.target(),
                delivery.attempts() + 1,
                problem);
        events.accept(RuleEvent.of(
                delivery.id() + "/given_up",
                "/outbox",
                "delivery.given_up",
                delivery.target(),
                clock.instant(),
                Map.of("problem", problem, "attempts", delivery.attempts() + 1L)));
    }

    /** Waits a moment for what is under way; the rest stays in the outbox. */
    @Override
    public void close() {
        targets.close();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("messages that are under way are sent again after the start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
