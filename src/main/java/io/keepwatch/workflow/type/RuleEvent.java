package io.keepwatch.workflow.type;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An event as rules see it: a CloudEvent whose data holds texts, whole numbers (Long), numbers (Double), truth values,
 * lists and maps of these. Source and id together tell one event from all others.
 *
 * @param correlation the id of the first cause
 * @param causation the id of the event whose run brought this one about; empty for one from outside
 * @param hops how many runs lie between the first cause and this event
 * @param trace that the first cause came with
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
        int hops,
        Optional<TraceParent> trace) {
    public RuleEvent {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** An event that no run brought about. */
    public static RuleEvent of(
            String id, String source, String type, String subject, Instant time, Map<String, Object> data) {
        return new RuleEvent(id, source, type, subject, time, data, id, "", 0, Optional.empty());
    }

    /** The same, with a host in its source and as {@code data.host}, unless they name one already. */
    public RuleEvent onHost(String host) {
        if (data.containsKey("host") && EventSource.namesHost(source)) {
            return this;
        }
        Map<String, Object> more = new LinkedHashMap<>(data);
        more.putIfAbsent("host", host);
        String from = EventSource.namesHost(source) ? source : EventSource.of(host, EventSource.producer(source));
        return new RuleEvent(id, from, type, subject, time, more, correlation, causation, hops, trace);
    }

    /** The same fact, of which other data is seen. */
    public RuleEvent with(Map<String, Object> other) {
        return new RuleEvent(id, source, type, subject, time, other, correlation, causation, hops, trace);
    }

    /** The same, as part of a trace that began outside. */
    public RuleEvent tracedBy(Optional<TraceParent> parent) {
        return new RuleEvent(id, source, type, subject, time, data, correlation, causation, hops, parent);
    }

    /** The same, brought about by a run that this event started. */
    public RuleEvent causedBy(RuleEvent cause) {
        return new RuleEvent(
                id, source, type, subject, time, data, cause.correlation, cause.id, cause.hops + 1, cause.trace);
    }

    /** The same fact under an id of its own, with this event as its cause. */
    public RuleEvent again(String newId) {
        return new RuleEvent(newId, source, type, subject, time, data, correlation, id, hops, trace);
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
