package io.keepwatch.action.send;

import io.keepwatch.action.wire.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code {"content": …}} of Discord's webhooks, with at most 2,000 characters; nobody is mentioned, whatever the text says.
 * Source: docs.discord.com, "Webhook Resource", Execute Webhook, and "Allowed Mentions Object".
 */
final class DiscordFormat implements Format {
    private static final int MAX_UNITS = 2_000;

    @Override
    public String body(Message message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("content", Format.cut(message.inFull(), MAX_UNITS));
        body.put("allowed_mentions", Map.of("parse", List.of()));
        return JsonText.of(body);
    }
}
