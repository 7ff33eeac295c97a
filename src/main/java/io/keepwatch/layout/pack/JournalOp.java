package io.keepwatch.layout.pack;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happened to a path. The state it had then stands in the line whole, whatever the operation. */
public enum JournalOp {
    /** New, or a new content. */
    PUT,
    /** The same content with other metadata. */
    META,
    /** Came from another path, which is gone since. */
    MOVE,
    /** A further name of a file that has others. */
    LINK,
    /** The path is gone. */
    DELETE;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<JournalOp> parse(String text) {
        return Arrays.stream(values()).filter(op -> op.text().equals(text)).findFirst();
    }
}
