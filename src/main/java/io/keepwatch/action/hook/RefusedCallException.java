package io.keepwatch.action.hook;

/** A call of somebody who is believed cannot be read. */
final class RefusedCallException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    /** @param problem for the caller */
    RefusedCallException(int status, String problem) {
        super(problem);
        this.status = status;
    }

    HookAnswer answer() {
        return new HookAnswer.Refused(status, String.valueOf(getMessage()));
    }
}
