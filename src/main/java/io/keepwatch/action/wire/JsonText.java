package io.keepwatch.action.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keepwatch.workflow.expr.Template;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of rules as JSON and back: whole numbers are Long, others Double. Safe to share between threads. */
public final class JsonText {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private JsonText() {}

    public static String of(Map<String, ?> values) {
        try {
            return MAPPER.writeValueAsString(plain(values));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a value has no JSON form", e);
        }
    }

    /** Any JSON value. Throws IOException where the bytes are none. */
    public static Object value(byte[] json) throws IOException {
        Object value = MAPPER.readValue(json, Object.class);
        if (value == null) {
            throw new IOException("the JSON is null");
        }
        return value;
    }

    /** What {@link #of} wrote. */
    public static Map<String, Object> map(String json) {
        try {
            return MAPPER.readValue(json, MAP);
        } catch (IOException e) {
            throw new IllegalArgumentException("this is not a JSON object", e);
        }
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((name, inner) -> plain.put(String.valueOf(name), plain(inner)));
            return plain;
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(JsonText::plain).toList();
        }
        boolean known = value instanceof String
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Integer
                || (value instanceof Double number && Double.isFinite(number));
        return known ? value : value instanceof Instant time ? time.toString() : Template.shown(value);
    }
}
