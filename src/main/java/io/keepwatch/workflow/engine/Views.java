package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.expr.Lookup;
import io.keepwatch.workflow.expr.Values;
import io.keepwatch.workflow.expr.Variables;
import io.keepwatch.workflow.type.RuleEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events as conditions see them; the one that is judged now is put together once for all rules. For one thread. */
final class Views {
    private final Lookup lookup;
    private @Nullable RuleEvent event;
    private @Nullable Values values;

    Views(Lookup lookup) {
        this.lookup = lookup;
    }

    /** For what does not ask for the event before. */
    @SuppressWarnings("ReferenceEquality") // to compare events would cost what is saved
    Values of(RuleEvent judged) {
        Values known = values;
        if (known == null || judged != event) {
            known = new Values(variables(judged, Optional.empty()), lookup);
            values = known;
            event = judged;
        }
        return known;
    }

    Values of(RuleEvent judged, Optional<RuleEvent> previous) {
        return new Values(variables(judged, previous), lookup);
    }

    private static Map<String, Object> variables(RuleEvent judged, Optional<RuleEvent> previous) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("event", judged.view());
        previous.ifPresent(before -> variables.put("previous", before.view()));
        variables.put(Variables.HAS_PREVIOUS, previous.isPresent());
        variables.put(Variables.SUCCESS, true);
        return variables;
    }
}
