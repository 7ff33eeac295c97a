package io.keepwatch.workflow.rule;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a step stands in a run: the ids of the steps it is within and its own, such as {@code fan/2/check}. Ids are unique
 * within one rule only, so a path is followed from its beginning, on into rules that are called.
 */
public final class StepPath {
    private StepPath() {}

    /** The step of a run of this rule; empty where these rules have none. */
    public static Optional<Step> find(RuleSet rules, String rule, String path) {
        List<Step> open = rules.rule(rule).map(StepPath::outermost).orElse(List.of());
        Optional<Step> found = Optional.empty();
        for (String part : path.split("/", -1)) {
            boolean isIndex =
                    found.filter(step -> step.verb() instanceof Verb.ForEach).isPresent() && isNumber(part);
            if (!isIndex) {
                found = open.stream().filter(step -> step.id().equals(part)).findFirst();
                open = found.map(step -> within(step, rules)).orElse(List.of());
            }
        }
        return found;
    }

    /** The same for each item of a {@code foreach}. */
    public static String withoutItems(String path) {
        return path.replaceAll("/\\d+(?=/)", "");
    }

    private static List<Step> outermost(Rule rule) {
        return Stream.of(rule.steps(), rule.onFailure(), rule.lastly(), rule.onResolve())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Step> within(Step step, RuleSet rules) {
        return step.verb() instanceof Verb.Call call
                ? rules.rule(call.rule()).map(Rule::steps).orElse(List.of())
                : step.verb().nested();
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.chars().allMatch(Character::isDigit);
    }
}
