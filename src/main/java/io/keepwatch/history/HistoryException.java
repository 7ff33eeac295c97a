package io.keepwatch.history;

import org.jspecify.annotations.Nullable;

/** The history cannot be read or written; the message says which file and what to do. Nothing else depends on it. */
public final class HistoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HistoryException(String message) {
        super(message);
    }

    public HistoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
