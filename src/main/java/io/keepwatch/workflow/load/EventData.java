package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Named;
import io.keepwatch.config.yaml.NearestName;
import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the data of an event that a test gives, and compares it with the event's type. */
final class EventData {
    private EventData() {}

    static Map<String, Object> read(YamlValue value, EventType type) {
        Map<String, Object> data = new LinkedHashMap<>();
        Optional<List<Named<YamlValue>>> entries = value.entries();
        if (entries.isEmpty()) {
            value.error("this needs a map but holds " + value.found(), "write {name: value}");
        }
        for (Named<YamlValue> entry : entries.orElse(List.of())) {
            Optional<Field> field = type.field(entry.name());
            if (field.isEmpty()) {
                List<String> known = type.fields().stream().map(Field::name).toList();
                entry.key()
                        .error(
                                "events of type \"" + type.name() + "\" have no \"" + entry.name() + "\"",
                                NearestName.of(entry.name(), known)
                                        .map(near -> "did you mean \"" + near + "\"?")
                                        .orElse("known: " + String.join(", ", known)));
            } else {
                data.put(entry.name(), value(entry.value(), field.get()));
            }
        }
        return data;
    }

    private static Object value(YamlValue value, Field field) {
        Object plain = plain(value);
        Object converted = field.type() == io.keepwatch.workflow.type.FieldType.NUMBER && plain instanceof Long whole
                ? (Object) whole.doubleValue()
                : plain;
        boolean fits = switch (field.type()) {
            case TEXT, TIME -> converted instanceof String;
            case WHOLE -> converted instanceof Long;
            case NUMBER -> converted instanceof Double;
            case TRUTH -> converted instanceof Boolean;
            case TEXTS -> converted instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
            case ANY -> true;
        };
        if (!fits) {
            value.error(
                    "\"" + field.name() + "\" is a " + field.type().words() + " but this is " + value.found(),
                    "write a " + field.type().words());
        }
        return converted;
    }

    /** The value without looking at any type. */
    static Object plain(YamlValue value) {
        Optional<List<YamlValue>> items = value.items();
        if (items.isPresent()) {
            List<Object> list = new ArrayList<>();
            items.get().forEach(item -> list.add(plain(item)));
            return list;
        }
        Optional<Object> constant = value.constant();
        if (constant.isPresent()) {
            return constant.get();
        }
        Map<String, Object> map = new LinkedHashMap<>();
        value.entries().orElse(List.of()).forEach(entry -> map.put(entry.name(), plain(entry.value())));
        return map;
    }
}
