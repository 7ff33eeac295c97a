package io.keepwatch.workflow.type;

import io.keepwatch.event.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event type whose fields are read by a probe.
 *
 * @param probe that reads it
 */
record HostSchema(String probe, EventType type, List<HostField> fields) {
    HostSchema {
        fields = List.copyOf(fields);
    }

    /** A type with the name of its probe. */
    static HostSchema of(String probe, String subject, HostField... fields) {
        return named(probe, probe, subject, fields);
    }

    static HostSchema named(String probe, String name, String subject, HostField... fields) {
        List<Field> plain = List.of(fields).stream().map(HostField::field).toList();
        return new HostSchema(probe, new EventType(name, subject, plain), List.of(fields));
    }

    /** The data of an event about one subject; empty where none of its readings is there. */
    Optional<Map<String, Object>> data(Map<String, Reading> readings, Map<String, String> labels) {
        if (fields.stream().noneMatch(field -> readings.containsKey(field.source()))) {
            return Optional.empty();
        }
        Map<String, Object> data = new LinkedHashMap<>();
        fields.forEach(field -> field.value()
                .apply(readings, labels)
                .ifPresent(value -> data.put(field.field().name(), value)));
        return Optional.of(data);
    }
}
