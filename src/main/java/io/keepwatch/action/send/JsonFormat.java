package io.keepwatch.action.send;

import io.keepwatch.action.wire.JsonText;

/** The values of the step and nothing else, for services with a form of their own. */
final class JsonFormat implements Format {
    @Override
    public String body(Message message) {
        return JsonText.of(message.with());
    }
}
