package io.keepwatch.action.send;

import io.keepwatch.action.wire.CloudEvent;
import io.keepwatch.action.wire.JsonText;
import io.keepwatch.workflow.type.EventSource;
import io.keepwatch.workflow.type.TraceParent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A CloudEvent 1.0 in structured mode, for programs. Its data holds the values of the step and the event that started the
 * run. Source: cloudevents/spec, cloudevents/formats/json-format.md.
 */
final class CloudEventsFormat implements Format {
    @Override
    public String contentType() {
        return "application/cloudevents+json";
    }

    @Override
    public String body(Message message) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("rule", message.run().rule());
        data.put("run", message.run().id());
        data.put("step", message.step());
        data.put("key", message.run().key());
        data.put("resolved", message.run().resolve());
        data.put("with", message.with());
        data.put("event", CloudEvent.of(message.run().event()));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", message.id());
        event.put(
                "source",
                EventSource.of(
                        message.host(), EventSource.RULES + "/" + message.run().rule()));
        event.put("type", CloudEvent.TYPE_PREFIX + "rule.message" + CloudEvent.TYPE_SUFFIX);
        event.put("subject", message.run().key());
        event.put("time", message.at());
        event.put("datacontenttype", JSON);
        event.put("correlationid", message.run().event().correlation());
        event.put("causationid", message.run().event().id());
        message.run().event().trace().ifPresent(trace -> event.put(TraceParent.NAME, trace.text()));
        event.put("data", data);
        if (message.run().key().isEmpty()) {
            event.remove("subject");
        }
        return JsonText.of(event);
    }
}
