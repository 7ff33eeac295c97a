package io.keepwatch.store;

import org.jspecify.annotations.Nullable;

/**
 * Why a store did not do what was asked, sorted by who acts. The message says what was tried, where, why it failed and
 * what to do.
 */
public abstract sealed class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A later try may succeed: a time-out, 500, 503, a lost connection. */
    public static final class Transient extends StoreException {
        private static final long serialVersionUID = 1L;

        private final boolean throttling;

        public Transient(String message, @Nullable Throwable cause) {
            this(message, cause, false);
        }

        public Transient(String message, @Nullable Throwable cause, boolean throttling) {
            super(message, cause);
            this.throttling = throttling;
        }

        /** Whether the server asked for fewer requests (429, 503 SlowDown), so that the caller makes fewer at a time. */
        public boolean isThrottling() {
            return throttling;
        }
    }

    /** A person must act: 403, no such bucket, a wrong region, a clock that is off. */
    public static sealed class Permanent extends StoreException {
        private static final long serialVersionUID = 1L;

        public Permanent(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The server lacks this request or a header of it (501): the caller goes another way, or a person must act. */
    public static final class Unsupported extends Permanent {
        private static final long serialVersionUID = 1L;

        public Unsupported(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The key is taken, and the request was to write only where it is not (HTTP 412). */
    public static final class AlreadyExists extends StoreException {
        private static final long serialVersionUID = 1L;

        public AlreadyExists(String key) {
            super("object \"" + key + "\" exists already", null);
        }
    }

    /** The source of a copy is gone or is no longer the one that was meant. */
    public static final class SourceChanged extends StoreException {
        private static final long serialVersionUID = 1L;

        public SourceChanged(String key) {
            super("object \"" + key + "\" is gone or has changed", null);
        }
    }

    /** The content itself could not be read, or was not what it should be; nothing was stored. The cause says why. */
    public static final class Unreadable extends StoreException {
        private static final long serialVersionUID = 1L;

        public Unreadable(String key, Throwable cause) {
            super("the content for object \"" + key + "\" could not be read: " + cause.getMessage(), cause);
        }
    }
}
