package io.keepwatch.workflow.state;

/** An event was not taken: it is too large, or more of them wait than there is room for. Its sender may try again. */
public final class EventRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EventRefusedException(String message) {
        super(message);
    }
}
