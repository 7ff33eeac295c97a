package io.keepwatch.workflow.state;

import org.jspecify.annotations.Nullable;

/** The state of the rules could not be read or written. The message names the file and says what to do. */
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
