package io.keepwatch.action.hook;

import io.keepwatch.action.wire.StandardSignature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code Authorization: Bearer}, for callers that cannot sign. A call is known again by {@code webhook-id} or {@code
 * Idempotency-Key}, where it has one of them.
 */
final class BearerScheme implements HookScheme {
    private static final String PREFIX = "Bearer ";

    private final byte[] token;

    BearerScheme(String secret) {
        this.token = secret.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Proof check(HookCall call, Instant now) {
        String header = call.header("Authorization").orElse("");
        boolean form = header.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
        String given = form ? header.substring(PREFIX.length()).strip() : "";
        // Equal lengths for the comparison, so that its time does not tell the length of the secret.
        byte[] left = StandardSignature.hmac(token, given.getBytes(StandardCharsets.UTF_8));
        byte[] right = StandardSignature.hmac(token, token);
        if (!MessageDigest.isEqual(left, right)) {
            return new Proof.Bad(401, "the header Authorization: Bearer with the right token is needed");
        }
        Optional<String> id = call.header(StandardSignature.ID)
                .or(() -> call.header("Idempotency-Key"))
                .filter(text -> text.length() <= 200);
        return new Proof.Good(id, id);
    }
}
