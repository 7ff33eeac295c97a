package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.expr.Expression;
import io.keepwatch.workflow.expr.ExpressionException;
import io.keepwatch.workflow.type.RuleEvent;
import java.util.Optional;

/** What the expressions of a trigger say of an event; throws {@link Unevaluable} where they say nothing. For one thread. */
final class Conditions {
    private final Views views;

    Conditions(Views views) {
        this.views = views;
    }

    boolean hold(Optional<Expression> condition, RuleEvent event, Optional<RuleEvent> previous) {
        if (condition.isEmpty()) {
            return true;
        }
        try {
            Expression asked = condition.get();
            return asked.holds(asked.usesPrevious() ? views.of(event, previous) : views.of(event))
                    .orElseThrow(() -> new Unevaluable(Optional.empty()));
        } catch (ExpressionException e) {
            throw Unevaluable.of(e);
        }
    }

    String value(Expression by, RuleEvent event) {
        try {
            return String.valueOf(by.evaluate(views.of(event)));
        } catch (ExpressionException e) {
            throw Unevaluable.of(e);
        }
    }

    /** Carries that an expression has no value past code that cannot declare it; without a stack, since it is no rarity. */
    static final class Unevaluable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Optional<String> problem;

        private Unevaluable(Optional<String> problem) {
            super(problem.orElse("a field is missing"), null, false, false);
            this.problem = problem;
        }

        /** Why; empty where the event only lacks a field that is asked for. */
        Optional<String> problem() {
            return problem;
        }

        private static Unevaluable of(ExpressionException cause) {
            return new Unevaluable(
                    cause.isMissing() ? Optional.empty() : Optional.of(String.valueOf(cause.getMessage())));
        }
    }
}
