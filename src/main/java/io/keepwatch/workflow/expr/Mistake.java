package io.keepwatch.workflow.expr;

/**
 * What is wrong with an expression.
 *
 * @param offset the code point of the expression where it is
 * @param problem what is there and why it cannot stand
 * @param advice what to write instead; may be empty
 */
public record Mistake(int offset, String problem, String advice) {}
