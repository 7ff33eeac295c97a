package io.keepwatch.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A token as the configuration keeps it: only the hash, so who reads the file cannot log in. A plain SHA-256 is enough
 * because a token is 32 random bytes and no word that can be guessed.
 *
 * @param hash SHA-256 of the token's text, in hexadecimal
 */
public record AccessToken(String name, String hash, Role role) {
    private static final String PREFIX = "kw_";
    private static final int BYTES = 32;

    /** The text of a new token. */
    public static String random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static String hash(String token) {
        return HexFormat.of().formatHex(digest(token));
    }

    /** Takes the same time wherever the first difference is. */
    boolean matches(String token) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(hash), digest(token));
    }

    private static byte[] digest(String token) {
        return digest(token.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
