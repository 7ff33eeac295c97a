package io.keepwatch.history;

/** The history cannot be read or written; the message says which file and what to do. Nothing else depends on it. */
public final class HistoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HistoryException(String message) {
        super(message);
    }

    public HistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
