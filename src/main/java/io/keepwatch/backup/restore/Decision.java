package io.keepwatch.backup.restore;

import io.keepwatch.file.FileStat;

/** What is to be done about one version, after a look at what is in its place. */
sealed interface Decision {
    /** It is put in place; {@code replaces}: over something else. */
    record Place(boolean replaces) implements Decision {}

    /** Its equal is there. */
    record Unchanged(FileStat stat) implements Decision {}

    /** It is left out. */
    record Skip(String reason) implements Decision {}
}
