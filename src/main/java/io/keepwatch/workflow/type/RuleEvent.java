package io.keepwatch.workflow.type;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event as rules see it: a CloudEvent whose data holds texts, whole numbers (Long), numbers (Double), truth values,
 * lists and maps of these. Source and id together tell one event from all others.
 *
 * @param correlation the id of the first cause
 * @param causation the id of the event whose run brought this one about; empty for one from outside
 * @param hops how many runs lie between the first cause and this event
 */
public record RuleEvent(
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        Map<String, Object> data,
        String correlation,
        String causation,
        int hops) {
    public RuleEvent {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** An event that no run brought about. */
    public static RuleEvent of(
            String id, String source, String type, String subject, Instant time, Map<String, Object> data) {
        return new RuleEvent(id, source, type, subject, time, data, id, "", 0);
    }

    /** The same, with {@code data.host} unless that is there already. */
    public RuleEvent onHost(String host) {
        if (data.containsKey("host")) {
            return this;
        }
        Map<String, Object> more = new LinkedHashMap<>(data);
        more.put("host", host);
        return new RuleEvent(id, source, type, subject, time, more, correlation, causation, hops);
    }

    /** The same, brought about by a run that this event started. */
    public RuleEvent causedBy(RuleEvent cause) {
        return new RuleEvent(id, source, type, subject, time, data, cause.correlation, cause.id, cause.hops + 1);
    }

    /** The value for conditions and templates. */
    public Map<String, Object> view() {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", id);
        view.put("source", source);
        view.put("type", type);
        view.put("subject", subject);
        view.put("time", time);
        view.put("hops", (long) hops);
        view.put("data", data);
        return view;
    }
}
