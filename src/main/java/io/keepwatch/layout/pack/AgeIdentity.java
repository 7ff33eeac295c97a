package io.keepwatch.layout.pack;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The secret side of encryption: what an identity file of age holds. Never shown in a text.
 *
 * @param secrets one at least, as {@code AGE-SECRET-KEY-1…}
 */
public record AgeIdentity(List<String> secrets) {
    private static final long MOST_BYTES = 1 << 20;

    public AgeIdentity {
        secrets = List.copyOf(secrets);
    }

    /** A new one, and the recipient to encrypt for. {@code file} is a text that the tool {@code age} reads too. */
    public record Made(String recipient, String file) {
        @Override
        public String toString() {
            return recipient;
        }
    }

    public static Made make(Instant now) {
        try {
            KeyPair keys = new X25519KeyPairGenerator().generateKeyPair();
            String recipient = text(keys.getPublic().getEncoded());
            return new Made(
                    recipient,
                    "# created: " + now.truncatedTo(ChronoUnit.SECONDS) + "\n# public key: " + recipient + "\n"
                            + text(keys.getPrivate().getEncoded()) + "\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no X25519 keys", e);
        }
    }

    /** Reads an identity file, as {@code keepwatch key new} and {@code age-keygen} write it. Says what is wrong with it. */
    public static AgeIdentity read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " is no identity file of age: it has more than " + MOST_BYTES + " bytes");
        }
        // Bytes beyond ASCII may stand in comments.
        List<String> secrets = Files.readString(file, StandardCharsets.ISO_8859_1)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        for (int i = 0; i < secrets.size(); i++) {
            check(secrets.get(i), i + 1, file);
        }
        if (secrets.isEmpty()) {
            throw new IOException(
                    file + " holds no line that begins with AGE-SECRET-KEY-1: name the file that `keepwatch"
                            + " key new` or `age-keygen` wrote");
        }
        return new AgeIdentity(secrets);
    }

    private static void check(String secret, int number, Path file) throws IOException {
        try {
            X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(secret);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // The cause may hold the secret, and is left behind.
            throw new IOException(
                    file + ": key " + number
                            + " is no AGE-SECRET-KEY-1…, or was cut or mistyped; keys with a passphrase and SSH keys cannot be used");
        }
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return secrets.size() + " secret keys";
    }
}
