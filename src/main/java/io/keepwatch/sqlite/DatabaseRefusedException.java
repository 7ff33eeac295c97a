package io.keepwatch.sqlite;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** SQLite cannot read a file that begins as a database does. Trying again is of no use until it changes. */
public final class DatabaseRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    DatabaseRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
