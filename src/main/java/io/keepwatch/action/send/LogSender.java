package io.keepwatch.action.send;

import io.keepwatch.workflow.state.Delivery;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log. */
final class LogSender implements Sender {
    private static final Logger LOG = LoggerFactory.getLogger("io.keepwatch.notify");

    @Override
    public CompletionStage<Answer> send(Delivery delivery, Instant now) {
        String body = delivery.body();
        String severity = body.substring(0, Math.max(0, body.indexOf(' ')));
        String text = body.substring(severity.length()).strip();
        switch (severity) {
            case "info" -> LOG.info("{}", text);
            case "critical" -> LOG.error("{}", text);
            default -> LOG.warn("{}", text);
        }
        return CompletableFuture.completedFuture(Answer.delivered(0));
    }
}
