package io.keepwatch.action.send;

import java.nio.charset.StandardCharsets;

/** How a service wants a message to be written. Implementations are plain; what they write goes into the outbox. */
interface Format {
    String JSON = "application/json";

    /** Never holds the secrets of a target: it is kept on disk until it has arrived. */
    String body(Message message);

    default String contentType() {
        return JSON;
    }

    /** Adds what must not be kept, right before the body is sent. */
    default byte[] sealed(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** The text, or its beginning when it has more than so many UTF-16 units; no letter is cut in half. */
    static String cut(String text, int units) {
        if (text.length() <= units) {
            return text;
        }
        int end = units - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
