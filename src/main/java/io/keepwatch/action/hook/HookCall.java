package io.keepwatch.action.hook;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One call, as it came. */
final class HookCall {
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;

    HookCall(Map<String, String> headers, byte[] body) {
        this.headers.putAll(headers);
        this.body = body.clone();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    byte[] body() {
        return body.clone();
    }
}
