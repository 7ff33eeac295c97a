package io.keepwatch.action.hook;

import io.keepwatch.action.wire.JsonText;
import io.keepwatch.workflow.type.TraceParent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a call says.
 *
 * @param body the JSON or the text that was sent, of a CloudEvent its data; empty where a CloudEvent has none
 * @param attributes of a CloudEvent, without its data; empty for any other call
 * @param trace that the call belongs to; of a CloudEvent, where that says one, the trace in which it began
 */
record HookContent(Optional<Object> body, Map<String, Object> attributes, Optional<TraceParent> trace) {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_ID_LENGTH = 200;

    HookContent {
        attributes = Map.copyOf(attributes);
    }

    static HookContent of(HookCall call) throws RefusedCallException {
        HookContent content = CloudEventCall.isOne(call)
                ? CloudEventCall.content(call)
                : new HookContent(Optional.of(json(call.body())), Map.of(), Optional.empty());
        return new HookContent(
                content.body,
                content.attributes,
                content.trace.or(() -> call.header(TraceParent.NAME).flatMap(TraceParent::parse)));
    }

    /** Unlike that of any other CloudEvent; empty where there is none, or a longer one than an event's id can be. */
    Optional<String> id() {
        return attributes.isEmpty()
                ? Optional.empty()
                : Optional.of(attributes.get("source") + "#" + attributes.get("id"))
                        .filter(id -> id.length() <= MAX_ID_LENGTH);
    }

    /** What rules see. */
    Map<String, Object> data(String host) {
        Map<String, Object> data = new LinkedHashMap<>();
        body.ifPresent(value -> data.put("body", value));
        if (!attributes.isEmpty()) {
            data.put("cloudevent", attributes);
        }
        data.put("host", host);
        return data;
    }

    static Object json(byte[] bytes) throws RefusedCallException {
        try {
            Object value = JsonText.value(bytes);
            if (!JsonDepth.isWithin(value, MAX_DEPTH)) {
                throw new RefusedCallException(400, "the JSON is nested deeper than " + MAX_DEPTH + " levels");
            }
            return value;
        } catch (IOException e) {
            throw new RefusedCallException(400, "the body is not JSON");
        }
    }
}
