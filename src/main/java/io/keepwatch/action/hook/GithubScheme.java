package io.keepwatch.action.hook;

import io.keepwatch.action.wire.StandardSignature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * {@code X-Hub-Signature-256}: HMAC-SHA256 over the body alone. The id in {@code X-GitHub-Delivery} is not signed, so a call
 * with a new id and the same body counts as repeated. Source: docs.github.com, "Validating webhook deliveries".
 */
final class GithubScheme implements HookScheme {
    private static final String PREFIX = "sha256=";

    private final byte[] key;

    GithubScheme(String secret) {
        this.key = secret.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Proof check(HookCall call, Instant now) {
        Optional<String> id = call.header("X-GitHub-Delivery").filter(text -> text.length() <= 200);
        Optional<String> header = call.header("X-Hub-Signature-256");
        if (id.isEmpty() || header.isEmpty()) {
            return new Proof.Bad(401, "the headers X-Hub-Signature-256 and X-GitHub-Delivery are needed");
        }
        String expected = PREFIX + HexFormat.of().formatHex(StandardSignature.hmac(key, call.body()));
        boolean same = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), header.get().getBytes(StandardCharsets.UTF_8));
        return same ? Proof.Good.of(id.get(), expected) : new Proof.Bad(401, "the signature is not right");
    }
}
