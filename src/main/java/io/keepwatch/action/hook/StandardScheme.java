package io.keepwatch.action.hook;

import io.keepwatch.action.wire.StandardSignature;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The signature of Standard Webhooks over id, time and body. */
final class StandardScheme implements HookScheme {
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final StandardSignature signature;

    StandardScheme(StandardSignature signature) {
        this.signature = signature;
    }

    @Override
    public Proof check(HookCall call, Instant now) {
        Optional<String> id = call.header(StandardSignature.ID).filter(text -> text.length() <= 200);
        Optional<String> time = call.header(StandardSignature.TIMESTAMP).filter(text -> text.matches("\\d{1,12}"));
        Optional<String> header = call.header(StandardSignature.SIGNATURE);
        if (id.isEmpty() || time.isEmpty() || header.isEmpty()) {
            return new Proof.Bad(401, "the headers webhook-id, webhook-timestamp and webhook-signature are needed");
        }
        long seconds = Long.parseLong(time.get());
        if (!signature.matches(header.get(), id.get(), seconds, call.body())) {
            return new Proof.Bad(401, "the signature is not right");
        }
        if (Math.abs(now.getEpochSecond() - seconds) > WINDOW.toSeconds()) {
            return new Proof.Bad(
                    401, "webhook-timestamp is more than five minutes away from the time here: check both clocks");
        }
        return Proof.Good.of(id.get(), id.get());
    }
}
