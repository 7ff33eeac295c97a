package io.keepwatch.workflow.expr;

/** An expression could not be evaluated with the values at hand, for example because a field is absent. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    public ExpressionException(String message, Throwable cause) {
        super(message, cause);
    }
}
