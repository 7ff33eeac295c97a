package io.keepwatch.action;

import io.keepwatch.action.send.Message;
import io.keepwatch.action.send.OutboxSender;
import io.keepwatch.action.send.Receipt;
import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.rule.Verb;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code webhook} and {@code notify}: the step waits for the first attempt, the outbox sees to the rest. */
final class SendAction {
    private final String host;
    private final OutboxSender sender;
    private final StopSigns signs;
    private final Clock clock;

    SendAction(String host, OutboxSender sender, StopSigns signs, Clock clock) {
        this.host = host;
        this.sender = sender;
        this.signs = signs;
        this.clock = clock;
    }

    CompletionStage<Outcome> webhook(Task task, Verb.Webhook verb) {
        return send(task, "webhooks." + verb.target());
    }

    CompletionStage<Outcome> tell(Task task, Verb.Notify verb) {
        return send(task, "notify." + verb.channel());
    }

    private CompletionStage<Outcome> send(Task task, String target) {
        Message message =
                new Message(task.idempotencyKey(), host, task.run(), task.step().id(), task.with(), clock.instant());
        return signs.during(task, withdrawn -> sender.send(target, message, task.attempt() > 1, withdrawn))
                .thenApply(receipt -> outcome(target, receipt));
    }

    private static Outcome outcome(String target, Receipt receipt) {
        Map<String, Object> fields = Map.of("status_code", (long) receipt.status(), "delivered", receipt.delivered());
        return receipt.accepted()
                ? Outcome.succeeded(fields)
                : Outcome.failed(target + ": " + receipt.problem(), fields);
    }
}
