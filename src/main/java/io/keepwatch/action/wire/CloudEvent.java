package io.keepwatch.action.wire;

import io.keepwatch.workflow.type.EventTypes;
import io.keepwatch.workflow.type.RuleEvent;
import io.keepwatch.workflow.type.TraceParent;
import java.util.LinkedHashMap;
import java.util.Map;

/** An event of the rules as a CloudEvent 1.0 that others can read. */
public final class CloudEvent {
    public static final String TYPE_PREFIX = "io.keepwatch.";
    public static final String TYPE_SUFFIX = ".v1";

    private CloudEvent() {}

    public static Map<String, Object> of(RuleEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("specversion", "1.0");
        json.put("id", event.id());
        json.put("source", event.source());
        json.put("type", TYPE_PREFIX + event.type() + TYPE_SUFFIX);
        if (!event.subject().isEmpty()) {
            json.put("subject", event.subject());
        }
        json.put("time", event.time());
        json.put("datacontenttype", "application/json");
        EventTypes.known().find(event.type()).ifPresent(type -> json.put("dataschema", type.schema()));
        json.put("correlationid", event.correlation());
        if (!event.causation().isEmpty()) {
            json.put("causationid", event.causation());
        }
        json.put("hops", event.hops());
        event.trace().ifPresent(trace -> json.put(TraceParent.NAME, trace.text()));
        json.put("data", event.data());
        return json;
    }
}
