package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.expr.Expression;
import io.keepwatch.workflow.rule.Trigger;
import io.keepwatch.workflow.type.RuleEvent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** Which part of {@code all} or {@code any} an event is, and what several events are together. */
final class Correlation {
    private final Trigger.OnSeveral several;

    Correlation(Trigger.OnSeveral several) {
        this.several = several;
    }

    /** The number of the first part that the event is. */
    Optional<Integer> part(RuleEvent event, BiPredicate<Optional<Expression>, RuleEvent> holds) {
        for (int i = 0; i < several.parts().size(); i++) {
            Trigger.Part part = several.parts().get(i);
            if (part.type().equals(event.type()) && holds.test(part.when(), event)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** The subjects of which an event must have one to be a part; empty where any will do. */
    static Optional<Set<String>> subjects(Trigger.OnSeveral several, String type) {
        Set<String> all = new LinkedHashSet<>();
        for (Trigger.Part part : several.parts()) {
            if (part.type().equals(type)) {
                Optional<Set<String>> some = part.when().flatMap(Expression::subjects);
                if (some.isEmpty()) {
                    return some;
                }
                all.addAll(some.get());
            }
        }
        return Optional.of(all);
    }

    /** The last event, with the data of all of them; where two have the same field, that of the later part. */
    static RuleEvent merged(Map<Integer, RuleEvent> parts, RuleEvent last) {
        Map<String, Object> data = new LinkedHashMap<>();
        parts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(part -> data.putAll(part.getValue().data()));
        return new RuleEvent(
                last.id(),
                last.source(),
                "several",
                last.subject(),
                last.time(),
                data,
                last.correlation(),
                last.causation(),
                parts.values().stream().mapToInt(RuleEvent::hops).max().orElse(last.hops()),
                last.trace());
    }
}
