package io.keepwatch.workflow.expr;

import java.util.LinkedHashMap;
import java.util.Map;

/** The values of the variables of one evaluation, and where functions look. */
public record Values(Map<String, Object> variables, Lookup lookup) {
    /** The same and one more variable. */
    public Values with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(variables);
        more.put(name, value);
        return new Values(more, lookup);
    }
}
