package io.keepwatch.workflow.expr;

import java.util.List;
import java.util.Optional;

/** An expression, or what is wrong with it. */
public record Compiled(Optional<Expression> expression, List<Mistake> mistakes) {
    public Compiled {
        mistakes = List.copyOf(mistakes);
    }

    static Compiled of(Expression expression) {
        return new Compiled(Optional.of(expression), List.of());
    }

    static Compiled wrong(List<Mistake> mistakes) {
        return new Compiled(Optional.empty(), mistakes);
    }
}
