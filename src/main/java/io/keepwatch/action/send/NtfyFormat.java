package io.keepwatch.action.send;

import io.keepwatch.action.wire.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an ntfy server takes at its root: topic, title, message, priority from 1 to 5, tags, and the address that a tap
 * opens. Source: docs.ntfy.sh/publish, "Publish as JSON"; a message has at most 4,096 bytes.
 */
final class NtfyFormat implements Format {
    /** Each UTF-16 unit has three bytes at most. */
    private static final int MAX_UNITS = 1_300;

    private final String topic;

    NtfyFormat(String topic) {
        this.topic = topic;
    }

    @Override
    public String body(Message message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("topic", topic);
        body.put("title", Format.cut(message.headline(), 250));
        body.put("message", Format.cut(message.text(), MAX_UNITS));
        body.put("priority", priority(message));
        body.put("tags", List.of(tag(message)));
        message.link().ifPresent(link -> body.put("click", link));
        return JsonText.of(body);
    }

    private static int priority(Message message) {
        if (message.run().resolve()) {
            return 3;
        }
        return switch (message.severity()) {
            case "critical" -> 5;
            case "info" -> 3;
            default -> 4;
        };
    }

    private static String tag(Message message) {
        if (message.run().resolve()) {
            return "white_check_mark";
        }
        return switch (message.severity()) {
            case "critical" -> "rotating_light";
            case "info" -> "information_source";
            default -> "warning";
        };
    }
}
