package io.keepwatch.config;

import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Encryption before anything leaves this machine.
 *
 * @param recipients public keys of age; one at least
 * @param identity the file of the secret key; empty where this machine may write but not read
 */
public record EncryptionConfig(List<String> recipients, Optional<Path> identity) {
    private static final String PREFIX = "age1";

    static final Key<List<String>> RECIPIENTS = Key.required(
            "recipients",
            Values.oneOrMore(Values.parsed("an age recipient", "\"" + PREFIX + "…\"", EncryptionConfig::recipient)),
            "The public keys of age that can open the backup, each with its own identity. `keepwatch key new` makes"
                    + " one.");
    static final Key<Path> IDENTITY = Key.optional(
            "identity",
            Values.path("/etc/keepwatch/identity.txt"),
            "none: this machine can back up, but not read the backup",
            "The file of an identity, as `keepwatch key new` and `age-keygen` write it. Needed to restore, to rebuild,"
                    + " and to merge packs; it may also be named with `--identity` only when it is needed.");
    static final Section<EncryptionConfig> SECTION = Section.of(List.of(RECIPIENTS, IDENTITY), EncryptionConfig::read);

    public EncryptionConfig {
        recipients = List.copyOf(recipients);
    }

    private static Optional<EncryptionConfig> read(YamlMap map) {
        return map.find(RECIPIENTS).map(recipients -> new EncryptionConfig(recipients, map.find(IDENTITY)));
    }

    private static String recipient(String text) {
        if (text.toUpperCase(Locale.ROOT).startsWith("AGE-SECRET-KEY-")) {
            throw new IllegalArgumentException(
                    "this is the secret key, which does not stand here; whoever reads this file"
                            + " could read the backup: make a new one with `keepwatch key new`");
        }
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("\"" + text + "\" is no age recipient: it begins with " + PREFIX);
        }
        try {
            X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(text);
            return text;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no age recipient: a letter is wrong, or it was cut", e);
        }
    }

    /** The same with another identity. */
    EncryptionConfig withIdentity(Path file) {
        return new EncryptionConfig(recipients, Optional.of(file));
    }
}
