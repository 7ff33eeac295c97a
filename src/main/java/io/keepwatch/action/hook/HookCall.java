package io.keepwatch.action.hook;

import java.util.Locale;
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

    /** Those whose names begin so, by the rest of their names in small letters. */
    Map<String, String> headersFrom(String prefix) {
        Map<String, String> found = new TreeMap<>();
        headers.keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> header(name).ifPresent(value -> found.put(name.substring(prefix.length()), value)));
        return found;
    }

    byte[] body() {
        return body.clone();
    }
}
