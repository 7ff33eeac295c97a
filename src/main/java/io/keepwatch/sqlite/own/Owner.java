package io.keepwatch.sqlite.own;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whose file it is: what it is called in messages, and which exceptions its callers know. */
public interface Owner {
    /** As in "the catalog /var/lib/keepwatch/catalog.db". */
    String name();

    /** It cannot be read or written; the message says why and what to do. */
    RuntimeException problem(String message, @Nullable Throwable cause);

    /** Its bytes are damaged. */
    RuntimeException damaged(Path file, String damage, @Nullable Throwable cause);

    /** There is no such file, or it is empty. */
    RuntimeException missing(Path file);
}
