package io.keepwatch.action.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The symmetric signature of Standard Webhooks: {@code v1,} and base64 of HMAC-SHA256 over {@code id.timestamp.body}.
 * Immutable. Source: standard-webhooks/standard-webhooks, spec/standard-webhooks.md.
 */
public final class StandardSignature {
    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURE = "webhook-signature";

    private static final String PREFIX = "whsec_";
    private static final String VERSION = "v1,";

    private final byte[] key;

    private StandardSignature(byte[] key) {
        this.key = key;
    }

    /** Throws IllegalArgumentException, which does not repeat the secret, where it is not {@code whsec_} and base64. */
    public static StandardSignature of(String name, String secret) {
        try {
            byte[] key = secret.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                    : new byte[0];
            if (key.length >= 16) {
                return new StandardSignature(key);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(problem(name), e);
        }
        throw new IllegalArgumentException(problem(name));
    }

    private static String problem(String name) {
        return "the secret \"" + name + "\" is not " + PREFIX
                + " and base64 of 24 bytes or more, as Standard Webhooks need it: make one with"
                + " echo whsec_$(openssl rand -base64 24)";
    }

    /** The value of the header {@code webhook-signature}. */
    public String of(String id, long timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        byte[] content = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, content, head.length, body.length);
        return VERSION + Base64.getEncoder().encodeToString(hmac(key, content));
    }

    /** Whether one of the signatures of the header is right; takes as long for a wrong one as for a right one. */
    public boolean matches(String header, String id, long timestamp, byte[] body) {
        byte[] expected = of(id, timestamp, body).getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (String signature : header.split(" ", 20)) {
            matches |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
        }
        return matches;
    }

    public static byte[] hmac(byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
