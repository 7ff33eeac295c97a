package io.keepwatch.action.hook;

import java.util.Collection;
import java.util.Map;

/** How deep values are nested. */
final class JsonDepth {
    private JsonDepth() {}

    /** Whether it is nested no deeper than this; it never looks deeper itself. */
    static boolean isWithin(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            return depth > 0 && map.values().stream().allMatch(inner -> isWithin(inner, depth - 1));
        }
        return !(value instanceof Collection<?> list)
                || (depth > 0 && list.stream().allMatch(inner -> isWithin(inner, depth - 1)));
    }
}
