package io.keepwatch.action.send;

import io.keepwatch.action.wire.JsonText;
import java.util.Map;

/**
 * {@code {"text": …}} of Slack's incoming webhooks, which Mattermost and others take too. Text is text: {@code &},
 * {@code <} and {@code >} are escaped, so that no value can mention anybody or hide a link. Source: docs.slack.dev, "Sending
 * messages using incoming webhooks" and "Formatting message text" (escaping; text is cut after 40,000 characters).
 */
final class SlackFormat implements Format {
    private static final int MAX_UNITS = 40_000;

    @Override
    public String body(Message message) {
        String title = message.title().map(text -> "*" + escaped(text) + "*\n").orElse("");
        String link = message.link().map(text -> "\n" + escaped(text)).orElse("");
        return JsonText.of(Map.of("text", title + escaped(message.text()) + link));
    }

    // An escaped letter has up to five, and title and link share the room.
    private static String escaped(String text) {
        return Format.cut(text, MAX_UNITS / 10)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
