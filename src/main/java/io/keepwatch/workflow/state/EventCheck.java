package io.keepwatch.workflow.state;

import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.EventTypes;
import io.keepwatch.workflow.type.Field;
import io.keepwatch.workflow.type.FieldType;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether an event may be judged at all. A field that is missing is no mistake here: conditions find out by themselves. */
final class EventCheck {
    static final int MAX_BYTES = 256 * 1024;
    static final int MAX_DEPTH = 32;

    private int bytes;
    private boolean tooDeep;

    private EventCheck() {}

    /** Why it is not taken; empty when its size is good. */
    static Optional<String> refusal(RuleEvent event) {
        EventCheck check = new EventCheck();
        check.bytes = event.id().length()
                + event.source().length()
                + event.type().length()
                + event.subject().length();
        check.measure(event.data(), 1);
        String what = "the event " + event.type() + " from " + event.source();
        if (check.tooDeep) {
            return Optional.of(what + " is nested more than " + MAX_DEPTH + " levels deep: send flatter data");
        }
        return check.bytes > MAX_BYTES
                ? Optional.of(what + " is larger than 256 KiB: send less, or where the rest can be found")
                : Optional.empty();
    }

    /** About as many bytes as it takes as JSON; stops as soon as it is too many. */
    private void measure(@Nullable Object value, int depth) {
        tooDeep |= depth > MAX_DEPTH;
        if (tooDeep || bytes > MAX_BYTES) {
            return;
        }
        if (value instanceof CharSequence text) {
            bytes += bytesOf(text) + 3;
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                measure(key, depth);
                measure(inner, depth + 1);
            });
        } else if (value instanceof Collection<?> list) {
            list.forEach(inner -> measure(inner, depth + 1));
        } else {
            bytes += 8;
        }
    }

    private static int bytesOf(CharSequence text) {
        int length = text.length();
        if (length > MAX_BYTES) {
            return length;
        }
        return (int) (length
                + text.chars().filter(c -> c > 0x7F).count()
                + text.chars().filter(c -> c > 0x7FF).count());
    }

    /** How it differs from what its type says; empty when it does not. */
    static Optional<String> mismatch(EventTypes types, RuleEvent event) {
        Optional<EventType> type = types.find(event.type());
        if (type.isEmpty()) {
            return Optional.of("there is no event type \"" + event.type() + "\"");
        }
        for (Map.Entry<String, Object> entry : event.data().entrySet()) {
            Optional<Field> field = type.get().field(entry.getKey());
            if (field.isPresent() && !fits(field.get().type(), entry.getValue())) {
                return Optional.of("data." + entry.getKey() + " is not a "
                        + field.get().type().words() + " but "
                        + (entry.getValue() == null
                                ? "null"
                                : entry.getValue().getClass().getSimpleName()));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(FieldType type, @Nullable Object value) {
        return switch (type) {
            case TEXT -> value instanceof String;
            case WHOLE -> value instanceof Long;
            case NUMBER -> value instanceof Double;
            case TRUTH -> value instanceof Boolean;
            case TIME -> value instanceof Instant;
            case TEXTS -> value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
            case ANY -> true;
        };
    }
}
