package io.keepwatch.workflow.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One kind of event as rules see it.
 *
 * @param subject what {@code event.subject} is, for example {@code the mount point}
 * @param fields of {@code event.data}; every type has {@code host}
 */
public record EventType(String name, String subject, List<Field> fields) {
    private static final Field HOST = Field.text("host", "the name of this machine in the configuration");

    public EventType {
        List<Field> all = new ArrayList<>(fields);
        if (fields.stream().noneMatch(field -> field.name().equals(HOST.name()))) {
            all.add(HOST);
        }
        fields = List.copyOf(all);
    }

    public static EventType of(String name, String subject, Field... fields) {
        return new EventType(name, subject, List.of(fields));
    }

    /** The URI of its schema, which is a name and no address: {@code rules schema --event} prints what it stands for. */
    public String schema() {
        return "tag:keepwatch.io,2026:" + name + ".v1";
    }

    public Optional<Field> field(String wanted) {
        return fields.stream().filter(field -> field.name().equals(wanted)).findFirst();
    }
}
