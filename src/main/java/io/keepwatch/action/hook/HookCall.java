package io.keepwatch.action.hook;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One call, as it came. */
record HookCall(Map<String, String> headers, byte[] body) {
    HookCall {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
