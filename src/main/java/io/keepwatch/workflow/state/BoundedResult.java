package io.keepwatch.workflow.state;

import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a step left behind, kept to a size: whoever fills it must not fill the disk. */
final class BoundedResult {
    static final int MAX_CHARS = 1024 * 1024;
    private static final int HALF_TEXT = 64 * 1024;
    private static final List<String> ALWAYS = List.of("status", "error", "attempts", "exit_code", "status_code");

    private BoundedResult() {}

    /** Long texts lose their middle; of what is too large all the same only how it ended is kept. */
    static String json(Map<String, Object> result) {
        Map<String, Object> shorter = new LinkedHashMap<>();
        result.forEach((name, value) -> shorter.put(name, value instanceof String text ? shortened(text) : value));
        try {
            String json = ValueJson.write(shorter);
            if (json.length() <= MAX_CHARS) {
                return json;
            }
        } catch (UncheckedIOException e) {
            // Nested too deeply for JSON: the same as too large.
        }
        shorter.keySet().retainAll(ALWAYS);
        shorter.put("dropped", "what this step left behind was too large to be kept");
        return ValueJson.write(shorter);
    }

    private static String shortened(String text) {
        int more = text.length() - 2 * HALF_TEXT;
        return more <= 0
                ? text
                : text.substring(0, HALF_TEXT) + "\n[" + more + " characters left out]\n"
                        + text.substring(text.length() - HALF_TEXT);
    }
}
