package io.keepwatch.sqlite;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A database changes, or another program locks it: the same call may succeed later. */
public final class DatabaseBusyException extends IOException {
    private static final long serialVersionUID = 1L;

    DatabaseBusyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
