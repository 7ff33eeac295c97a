package io.keepwatch.action.hook;

import io.keepwatch.workflow.type.TraceParent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A CloudEvent 1.0 that somebody sends: in binary mode its attributes are headers and the body is its data, in structured mode
 * the body holds all of it. Source: cloudevents/spec, bindings/http-protocol-binding.md and formats/json-format.md.
 */
final class CloudEventCall {
    private static final String PREFIX = "ce-";
    private static final String VERSION = "specversion";
    private static final String CONTENT_TYPE = "datacontenttype";
    private static final String STRUCTURED = "application/cloudevents";
    private static final String JSON = "application/json";

    private CloudEventCall() {}

    static boolean isOne(HookCall call) {
        return mediaType(call).startsWith(STRUCTURED)
                || call.header(PREFIX + VERSION).isPresent();
    }

    static HookContent content(HookCall call) throws RefusedCallException {
        String type = mediaType(call);
        if (type.equals(STRUCTURED + "+json")) {
            return structured(HookContent.json(call.body()));
        } else if (type.startsWith(STRUCTURED)) {
            throw new RefusedCallException(
                    415, "CloudEvents are taken in binary mode and as " + STRUCTURED + "+json, one in each call");
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        call.headersFrom(PREFIX).forEach((name, value) -> attributes.put(name, decoded(value)));
        attributes.remove(CONTENT_TYPE);
        call.header("Content-Type").ifPresent(header -> attributes.put(CONTENT_TYPE, header));
        return content(attributes, call.body().length == 0 ? Optional.empty() : Optional.of(data(call.body(), type)));
    }

    private static HookContent structured(Object json) throws RefusedCallException {
        Map<String, Object> attributes = new LinkedHashMap<>();
        Optional<Object> data = Optional.empty();
        for (Map.Entry<?, ?> entry :
                json instanceof Map<?, ?> map ? map.entrySet() : Map.of().entrySet()) {
            String name = String.valueOf(entry.getKey());
            Object value = entry.getValue();
            if (name.equals("data")) {
                data = Optional.ofNullable(value);
            } else if (value instanceof String || value instanceof Long || value instanceof Boolean) {
                attributes.put(name, value);
            }
        }
        Object encoded = attributes.remove("data_base64");
        if (encoded instanceof String text) {
            data = Optional.of(
                    data(bytes(text), mediaType(String.valueOf(attributes.getOrDefault(CONTENT_TYPE, JSON)))));
        }
        return content(attributes, data);
    }

    private static HookContent content(Map<String, Object> attributes, Optional<Object> data)
            throws RefusedCallException {
        if (!"1.0".equals(attributes.get(VERSION))) {
            throw new RefusedCallException(400, "the CloudEvent is not of " + VERSION + " 1.0");
        }
        for (String required : List.of("id", "source", "type")) {
            if (!(attributes.get(required) instanceof String text) || text.isEmpty()) {
                throw new RefusedCallException(400, "the CloudEvent has no " + required);
            }
        }
        Optional<TraceParent> trace = TraceParent.parse(String.valueOf(attributes.getOrDefault(TraceParent.NAME, "")));
        return new HookContent(data, attributes, trace);
    }

    private static Object data(byte[] bytes, String type) throws RefusedCallException {
        if (type.isEmpty() || type.equals(JSON) || type.endsWith("+json")) {
            return HookContent.json(bytes);
        } else if (type.startsWith("text/")) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        throw new RefusedCallException(415, "the data of the CloudEvent is neither JSON nor text");
    }

    private static byte[] bytes(String base64) throws RefusedCallException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new RefusedCallException(400, "data_base64 of the CloudEvent is not base64");
        }
    }

    private static String mediaType(HookCall call) {
        return mediaType(call.header("Content-Type").orElse(""));
    }

    private static String mediaType(String header) {
        return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** Of a value in double quotes what is within, and what stands there as {@code %XX}; a lone percent sign is one. */
    private static String decoded(String header) {
        boolean quoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
        String text = quoted ? header.substring(1, header.length() - 1).replaceAll("\\\\(.)", "$1") : header;
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
