package io.keepwatch.cli;

/** Ends a command with one message on stderr and an exit code. Not a defect: no stack is shown. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** The message says what was tried, why it did not work and what to do. */
    CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
