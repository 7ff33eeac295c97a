package io.keepwatch.workflow.state;

import io.keepwatch.workflow.engine.KeyState;
import io.keepwatch.workflow.engine.KeyState.Phase;
import io.keepwatch.workflow.type.RuleEvent;
import io.keepwatch.workflow.type.TraceParent;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Events and what triggers remember, as JSON and back. */
final class RecordJson {
    private RecordJson() {}

    static String event(RuleEvent event) {
        return ValueJson.write(map(event));
    }

    static RuleEvent event(String json) {
        return event(ValueJson.readMap(json));
    }

    static String keyState(KeyState state) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("phase", state.phase().name());
        map.put("since", state.since());
        state.last().ifPresent(event -> map.put("last", map(event)));
        state.waiting().ifPresent(waiting -> map.put("waiting", map(waiting.event())));
        state.waiting().flatMap(KeyState.Waiting::previous).ifPresent(event -> map.put("waiting_previous", map(event)));
        state.due().ifPresent(time -> map.put("due", time));
        state.quietUntil().ifPresent(time -> map.put("quiet_until", time));
        Map<String, Object> parts = new LinkedHashMap<>();
        state.parts().forEach((number, event) -> parts.put(number.toString(), map(event)));
        map.put("parts", parts);
        return ValueJson.write(map);
    }

    static KeyState keyState(String json) {
        Map<String, Object> map = ValueJson.readMap(json);
        Map<Integer, RuleEvent> parts = new HashMap<>();
        inner(map, "parts").forEach((number, event) -> parts.put(Integer.valueOf(number), event(asMap(event))));
        return new KeyState(
                Phase.valueOf(text(map, "phase")),
                time(map, "since").orElse(Instant.EPOCH),
                eventIn(map, "last"),
                eventIn(map, "waiting").map(event -> new KeyState.Waiting(event, eventIn(map, "waiting_previous"))),
                time(map, "due"),
                time(map, "quiet_until"),
                parts);
    }

    private static Map<String, Object> map(RuleEvent event) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", event.id());
        map.put("source", event.source());
        map.put("type", event.type());
        map.put("subject", event.subject());
        map.put("time", event.time());
        map.put("data", event.data());
        map.put("correlation", event.correlation());
        map.put("causation", event.causation());
        map.put("hops", (long) event.hops());
        event.trace().ifPresent(trace -> map.put(TraceParent.NAME, trace.text()));
        return map;
    }

    private static RuleEvent event(Map<String, Object> map) {
        return new RuleEvent(
                text(map, "id"),
                text(map, "source"),
                text(map, "type"),
                text(map, "subject"),
                time(map, "time").orElse(Instant.EPOCH),
                inner(map, "data"),
                text(map, "correlation"),
                text(map, "causation"),
                map.get("hops") instanceof Long hops ? Math.toIntExact(hops) : 0,
                TraceParent.parse(text(map, TraceParent.NAME)));
    }

    private static Optional<RuleEvent> eventIn(Map<String, Object> map, String key) {
        return map.containsKey(key) ? Optional.of(event(inner(map, key))) : Optional.empty();
    }

    private static String text(Map<String, Object> map, String key) {
        return String.valueOf(map.getOrDefault(key, ""));
    }

    private static Optional<Instant> time(Map<String, Object> map, String key) {
        return map.get(key) instanceof Instant time ? Optional.of(time) : Optional.empty();
    }

    private static Map<String, Object> inner(Map<String, Object> map, String key) {
        return asMap(map.getOrDefault(key, Map.of()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
