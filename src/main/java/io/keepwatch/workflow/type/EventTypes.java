package io.keepwatch.workflow.type;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The types that a set of rules can use: those of the program, and those that the rules themselves emit. */
public final class EventTypes {
    private static final EventTypes KNOWN = new EventTypes(EventSchemas.ALL);

    private final Map<String, EventType> byName = new LinkedHashMap<>();

    private EventTypes(Collection<EventType> types) {
        types.forEach(type -> byName.putIfAbsent(type.name(), type));
    }

    public static EventTypes of(Collection<EventType> types) {
        return new EventTypes(types);
    }

    /** The types of the program. */
    public static EventTypes known() {
        return KNOWN;
    }

    /** These types and more; a name that is known already keeps its meaning. */
    public EventTypes with(List<EventType> more) {
        EventTypes joined = new EventTypes(byName.values());
        more.forEach(type -> joined.byName.putIfAbsent(type.name(), type));
        return joined;
    }

    /** A webhook's type is made when it is asked for: its data is whatever the sender put in. */
    public Optional<EventType> find(String name) {
        if (name.startsWith("webhook.") && name.length() > "webhook.".length()) {
            return Optional.of(EventType.of(
                    name,
                    "the name of the webhook",
                    Field.any("body", "the JSON that was sent, of a CloudEvent its data"),
                    Field.any("cloudevent", "the attributes of the CloudEvent, where one was sent")));
        }
        return Optional.ofNullable(byName.get(name));
    }

    /** The types whose values can be measured at any time. */
    public Set<String> probes() {
        return HostSchemas.ALL.stream().map(schema -> schema.type().name()).collect(Collectors.toUnmodifiableSet());
    }

    public Collection<String> names() {
        return List.copyOf(byName.keySet());
    }

    public Collection<EventType> all() {
        return List.copyOf(byName.values());
    }
}
