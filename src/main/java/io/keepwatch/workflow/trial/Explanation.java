package io.keepwatch.workflow.trial;

import io.keepwatch.workflow.engine.PathPattern;
import io.keepwatch.workflow.expr.Expression;
import io.keepwatch.workflow.expr.ExpressionException;
import io.keepwatch.workflow.expr.Lookup;
import io.keepwatch.workflow.expr.Values;
import io.keepwatch.workflow.expr.Variables;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.Trigger;
import io.keepwatch.workflow.type.RuleEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a rule did, or did not, match an event: every part of its conditions with its value. What else the rule remembers from
 * before is not known here, so {@code state()} finds no event.
 *
 * @param matches whether the event has a type of the rule and its condition holds
 * @param verdict one sentence
 */
public record Explanation(boolean matches, String verdict, List<Part> parts) {
    public Explanation {
        parts = List.copyOf(parts);
    }

    /**
     * A part of a condition, from the inside out.
     *
     * @param key {@code when}, {@code clear} or {@code by}
     */
    public record Part(String key, String expression, String value) {}

    /** @param previous the event before, where it is known; {@code delta()} is 0 without it */
    public static Explanation of(Rule rule, RuleEvent event, Optional<RuleEvent> previous) {
        if (rule.on().isEmpty()) {
            return new Explanation(false, "the rule has no trigger: only others call it", List.of());
        }
        Trigger trigger = rule.on().get();
        if (!trigger.types().contains(event.type())) {
            String wanted = trigger.types().isEmpty() ? "no event, but a time" : String.join(", ", trigger.types());
            return new Explanation(
                    false, "the event is a " + event.type() + ", and the rule waits for " + wanted, List.of());
        }
        if (trigger.source() instanceof Trigger.OnFile files && !concerns(files, event)) {
            return new Explanation(
                    false, "no path that changed matches " + String.join(" or ", files.patterns()), List.of());
        }
        Values values = new Values(Variables.of(event, previous), NOWHERE);
        List<Part> parts = new ArrayList<>();
        conditions(trigger, event.type())
                .forEach((key, expression) -> expression.explain(values).entrySet().stream()
                        .filter(part -> tells(part.getKey(), part.getValue()))
                        .forEach(part -> parts.add(new Part(key, part.getKey(), part.getValue()))));
        return judged(rule, trigger, event, values, parts);
    }

    /** Not a literal, and not what a function of ours is made of. */
    private static boolean tells(String part, String value) {
        return !part.contains("@") && !part.equals(value) && !part.equals("\"" + value + "\"");
    }

    private static boolean concerns(Trigger.OnFile files, RuleEvent event) {
        List<PathPattern> patterns =
                files.patterns().stream().map(PathPattern::of).toList();
        return event.data().get("paths") instanceof List<?> paths
                && paths.stream().anyMatch(path -> PathPattern.anyMatches(patterns, String.valueOf(path)));
    }

    private static Explanation judged(Rule rule, Trigger trigger, RuleEvent event, Values values, List<Part> parts) {
        if (rule.mode() == Rule.Mode.OFF) {
            return new Explanation(false, "the rule is off", parts);
        }
        try {
            Optional<Expression> when =
                    Optional.ofNullable(conditions(trigger, event.type()).get("when"));
            boolean holds = when.isEmpty() || when.get().isTrue(values);
            if (!holds) {
                return new Explanation(false, "the condition does not hold", parts);
            }
        } catch (ExpressionException e) {
            return new Explanation(false, "the condition has no value: " + e.getMessage(), parts);
        }
        String held = trigger.hold().isZero()
                ? ""
                : ", and must go on to hold for " + trigger.hold().toSeconds() + " s";
        return new Explanation(true, "the condition holds" + held, parts);
    }

    private static Map<String, Expression> conditions(Trigger trigger, String type) {
        Map<String, Expression> conditions = new java.util.LinkedHashMap<>();
        Optional<Expression> when = trigger.source() instanceof Trigger.OnSeveral several
                ? several.parts().stream()
                        .filter(part -> part.type().equals(type))
                        .flatMap(part -> part.when().stream())
                        .findFirst()
                : trigger.when();
        when.ifPresent(expression -> conditions.put("when", expression));
        trigger.clear().ifPresent(expression -> conditions.put("clear", expression));
        trigger.by().ifPresent(expression -> conditions.put("by", expression));
        return conditions;
    }

    private static final Lookup NOWHERE = new Lookup() {
        @Override
        public Optional<RuleEvent> state(String type, String subject) {
            return Optional.empty();
        }

        @Override
        public String diff(List<String> paths) {
            return "(the difference of " + String.join(", ", paths) + ")";
        }

        @Override
        public List<String> pathsOn(String disk) {
            return List.of("(what lies on " + disk + ")");
        }

        @Override
        public String secret(String name) {
            return "(secret " + name + ")";
        }
    };
}
