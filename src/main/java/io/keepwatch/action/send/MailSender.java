package io.keepwatch.action.send;

import io.keepwatch.action.wire.JsonText;
import io.keepwatch.config.EmailConfig;
import io.keepwatch.file.Sha256;
import io.keepwatch.workflow.state.Delivery;
import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Sends mail. The Message-ID is the same for all attempts, so that whoever gets a mail twice can tell. */
final class MailSender implements Sender {
    private final MailClient client;
    private final EmailConfig config;

    MailSender(MailClient client, EmailConfig config) {
        this.client = client;
        this.config = config;
    }

    @Override
    public CompletionStage<Answer> send(Delivery delivery, Instant now) {
        return client.sendMail(mail(delivery))
                .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .toCompletionStage()
                .thenApply(result -> Answer.delivered(0))
                .exceptionally(MailSender::failure);
    }

    private MailMessage mail(Delivery delivery) {
        Map<String, Object> content = JsonText.map(delivery.body());
        String domain = config.from().substring(config.from().indexOf('@') + 1);
        String id = Sha256.hash(delivery.id().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 40);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("Message-ID", "<" + id + "@" + domain + ">")
                .add("Auto-Submitted", "auto-generated");
        return new MailMessage()
                .setFrom(config.from())
                .setTo(config.to())
                .setSubject(String.valueOf(content.get("subject")))
                .setText(String.valueOf(content.get("text")))
                .setHeaders(headers);
    }

    private static Answer failure(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof SMTPException refusal && refusal.isPermanent()) {
            return Answer.refused(refusal.getReplyCode(), "the mail server answered " + refusal.getReplyMessage());
        }
        int code = cause instanceof SMTPException refusal ? refusal.getReplyCode() : 0;
        return Answer.later(code, "the mail server did not take it: " + cause.getMessage());
    }
}
