package io.keepwatch.workflow.rule;

import io.keepwatch.workflow.expr.Expression;
import io.keepwatch.workflow.expr.Template;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing to do.
 *
 * @param id what later steps call it; made from the verb where the rule gives none
 * @param condition empty when it runs as long as every step before succeeded
 * @param goesOn whether the run goes on when this step fails
 * @param onceWithin at most once in this time, for each rule, step and subject
 */
public record Step(
        String id,
        Verb verb,
        Optional<Expression> condition,
        Template.Fields with,
        Template.Fields env,
        Optional<Duration> timeout,
        Retry retry,
        boolean goesOn,
        Optional<Duration> onceWithin) {
    /** What is evaluated when it begins, but for its condition. */
    public Stream<Template> templates() {
        return Stream.concat(Stream.of(with, env), verb.templates().stream());
    }

    /** This step and all within it. */
    public Stream<Step> withNested() {
        return Stream.concat(Stream.of(this), verb.nested().stream().flatMap(Step::withNested));
    }
}
