package io.keepwatch.config;

import io.keepwatch.config.yaml.ValueType;
import io.keepwatch.config.yaml.Values;
import java.util.regex.Pattern;

/** Names that the user gives to secrets, targets, channels and hooks, and that rules use. */
final class SecretName {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    private SecretName() {}

    static boolean isName(String text) {
        return FORM.matcher(text).matches();
    }

    /** A name in {@code secrets}. A value in its place is not repeated in the message: it may be the secret itself. */
    static ValueType<String> type(String example) {
        return Values.parsed("the name of a secret", example, text -> {
            if (!isName(text)) {
                throw new IllegalArgumentException("this is not the name of a secret in secrets: it must be 1 to 63 of"
                        + " a-z, 0-9, _ and -, beginning with a letter; the secret itself does not stand here");
            }
            return text;
        });
    }
}
