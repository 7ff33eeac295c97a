package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.workflow.expr.Expression;
import java.util.Optional;

/** Finds steps that never run. */
final class Reachability {
    private Reachability() {}

    static void check(YamlMap map, Optional<Expression> condition, Scope scope) {
        String text = condition.map(Expression::text).orElse("").strip();
        if (text.equals("false")) {
            map.error(StepKeys.IF, "this step never runs", "remove the step, or write a condition that can be true");
        } else if (text.equals("failure()") && scope.isFirst()) {
            map.error(
                    StepKeys.IF,
                    "this step never runs: no step before it can fail",
                    "remove the condition, or move the step behind the one that may fail");
        } else if (text.contains("success()")
                && text.contains("failure()")
                && text.matches("!?(success|failure)\\(\\)\\s*&&\\s*!?(success|failure)\\(\\)")) {
            map.error(StepKeys.IF, "this step never runs: both cannot be true", "keep one of them");
        }
    }
}
