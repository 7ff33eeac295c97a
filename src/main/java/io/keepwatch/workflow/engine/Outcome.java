package io.keepwatch.workflow.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a task ended.
 *
 * @param error empty when it succeeded
 * @param fields what the step leaves behind
 */
public record Outcome(boolean ok, String error, Map<String, Object> fields) {
    public Outcome {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public static Outcome succeeded(Map<String, Object> fields) {
        return new Outcome(true, "", fields);
    }

    public static Outcome failed(String error, Map<String, Object> fields) {
        return new Outcome(false, error, fields);
    }
}
