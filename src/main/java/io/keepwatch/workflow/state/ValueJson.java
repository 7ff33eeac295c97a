package io.keepwatch.workflow.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of rules as JSON, each of which comes back as what it was: texts, Long, Double, truth values, Instant, Duration,
 * lists, and maps in their order. What JSON lacks is a map of one entry whose key begins with {@code $}. Whole numbers of
 * other kinds come back as Long, anything else as its text.
 */
final class ValueJson {
    /** Everything beyond ASCII is escaped, so that even half a surrogate pair survives. */
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final String TIME = "$time";
    private static final String DURATION = "$duration";
    private static final String NUMBER = "$number";
    private static final String ENTRIES = "$entries";

    private ValueJson() {}

    static String write(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            write(value, json);
        } catch (IOException e) {
            throw new UncheckedIOException("a value of a rule could not be written as JSON: " + e.getMessage(), e);
        }
        return text.toString();
    }

    static @Nullable Object read(String text) {
        try (JsonParser json = FACTORY.createParser(text)) {
            return value(json.nextToken(), json);
        } catch (IOException e) {
            throw new UncheckedIOException("a value of a rule could not be read from JSON: " + e.getMessage(), e);
        }
    }

    /** Of a text that is a map. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> readMap(String text) {
        return read(text) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Double || value instanceof Float) {
            writeDouble(((Number) value).doubleValue(), json);
        } else if (value instanceof Long || value instanceof Integer || value instanceof Short) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Instant time) {
            writeTagged(TIME, time.toString(), json);
        } else if (value instanceof Duration duration) {
            writeTagged(DURATION, duration.toString(), json);
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                write(item, json);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, json);
        } else {
            json.writeString(value.toString());
        }
    }

    private static void writeDouble(double number, JsonGenerator json) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            writeTagged(NUMBER, Double.toString(number), json);
        }
    }

    private static void writeTagged(String tag, String text, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField(tag, text);
        json.writeEndObject();
    }

    private static void writeMap(Map<?, ?> map, JsonGenerator json) throws IOException {
        boolean plain = map.keySet().stream().allMatch(key -> key instanceof String text && !text.startsWith("$"));
        json.writeStartObject();
        if (plain) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName((String) entry.getKey());
                write(entry.getValue(), json);
            }
        } else {
            json.writeArrayFieldStart(ENTRIES);
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                write(entry.getKey(), json);
                write(entry.getValue(), json);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static @Nullable Object value(@Nullable JsonToken token, JsonParser json) throws IOException {
        if (token == null) {
            throw new IOException("it ends too early");
        }
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case START_ARRAY -> list(json);
            case START_OBJECT -> map(json);
            default -> json.getText();
        };
    }

    private static List<@Nullable Object> list(JsonParser json) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            list.add(value(token, json));
        }
        return Collections.unmodifiableList(list);
    }

    private static @Nullable Object map(JsonParser json) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_OBJECT; token = json.nextToken()) {
            String name = json.currentName();
            map.put(name, value(json.nextToken(), json));
        }
        if (map.size() == 1) {
            Map.Entry<String, @Nullable Object> only = map.entrySet().iterator().next();
            if (only.getKey().startsWith("$")) {
                return tagged(only.getKey(), only.getValue());
            }
        }
        return Collections.unmodifiableMap(map);
    }

    private static Object tagged(String tag, @Nullable Object value) throws IOException {
        if (tag.equals(ENTRIES) && value instanceof List<?> list) {
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = 0; i + 1 < list.size(); i += 2) {
                map.put(list.get(i), list.get(i + 1));
            }
            return Collections.unmodifiableMap(map);
        }
        String text = String.valueOf(value);
        return switch (tag) {
            case TIME -> Instant.parse(text);
            case DURATION -> Duration.parse(text);
            case NUMBER -> Double.valueOf(text);
            default -> throw new IOException("the tag " + tag + " is not known");
        };
    }
}
