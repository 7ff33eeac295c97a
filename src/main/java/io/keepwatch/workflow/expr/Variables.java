package io.keepwatch.workflow.expr;

import io.keepwatch.workflow.type.RuleEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The variables that whoever evaluates an expression must give; some are used through functions only. */
public final class Variables {
    /** Whether every step so far succeeded; behind {@code success()} and {@code failure()}. */
    public static final String SUCCESS = "@success";

    /** Whether there is a {@code previous} event; behind {@code delta()}. */
    public static final String HAS_PREVIOUS = "@has_previous";

    private Variables() {}

    /** What a condition sees of an event and the one before it, while no step has failed. */
    public static Map<String, Object> of(RuleEvent event, Optional<RuleEvent> previous) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("event", event.view());
        previous.ifPresent(before -> variables.put("previous", before.view()));
        variables.put(HAS_PREVIOUS, previous.isPresent());
        variables.put(SUCCESS, true);
        return variables;
    }
}
