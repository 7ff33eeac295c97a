package io.keepwatch.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a person means by one argument of {@code restore}, as the absolute pattern that the restorer takes. */
final class RestorePattern {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\*?\\[]");

    private final StoredBackup backup;
    private final String text;

    RestorePattern(StoredBackup backup, String text) {
        this.backup = backup;
        this.text = text;
    }

    /** Leaves names of roots alone. {@code a[1].txt} is a set of characters, unless the backup has a file of this name. */
    String absolute() {
        if (backup.catalog().roots().contains(text)) {
            return text;
        }
        return isName() ? escaped(Path.of(text).toAbsolutePath().normalize().toString()) : fromHere();
    }

    private boolean isName() {
        if (text.contains("*") || text.contains("?")) {
            return false;
        }
        try {
            return backup.isKnown(StoredBackup.locate(backup.config(), Path.of(text)));
        } catch (CommandFailure | InvalidPathException e) {
            return false;
        }
    }

    private String fromHere() {
        if (text.startsWith("/")) {
            return text;
        }
        try {
            return Path.of(escaped(Path.of("").toAbsolutePath().toString()))
                    .resolve(text)
                    .normalize()
                    .toString();
        } catch (InvalidPathException e) {
            return text;
        }
    }

    private static String escaped(String literal) {
        return SPECIAL.matcher(literal).replaceAll("\\\\$0");
    }
}
