package io.keepwatch.workflow.expr;

/** An expression could not be evaluated with the values at hand, for example because a field is absent. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean missing;

    public ExpressionException(String message, Throwable cause) {
        this(message, cause, false);
    }

    /** @param missing whether the event lacks a field, as a disk lacks what only others tell; that is no mistake of the rule */
    ExpressionException(String message, Throwable cause, boolean missing) {
        super(message, cause);
        this.missing = missing;
    }

    /** Whether the event lacks a field that the expression asks for. */
    public boolean isMissing() {
        return missing;
    }
}
