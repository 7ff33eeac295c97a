package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.expr.Lookup;
import io.keepwatch.workflow.expr.Values;
import io.keepwatch.workflow.expr.Variables;
import io.keepwatch.workflow.type.RuleEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events as conditions see them; the one that is judged now is put together once for all rules. For one thread. */
final class Views {
    private final Lookup lookup;
    private final String host;
    private @Nullable RuleEvent event;
    private @Nullable Values values;

    Views(Lookup lookup, String host) {
        this.lookup = lookup;
        this.host = host;
    }

    /** The name of this machine, for events that come of time alone. */
    String host() {
        return host;
    }

    /** For what does not ask for the event before. */
    @SuppressWarnings("ReferenceEquality") // to compare events would cost what is saved
    Values of(RuleEvent judged) {
        Values known = values;
        if (known == null || judged != event) {
            known = of(judged, Optional.empty());
            values = known;
            event = judged;
        }
        return known;
    }

    Values of(RuleEvent judged, Optional<RuleEvent> previous) {
        return new Values(Variables.of(judged, previous), lookup);
    }
}
