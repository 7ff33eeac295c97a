package io.keepwatch.daemon;

import io.keepwatch.http.CloudEvent;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.EventTypes;
import io.keepwatch.workflow.type.RuleEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Events of rules as they are told over HTTP. */
final class ToldEvents {
    /** A burst may change thousands of paths at once; the first of them tell where it was. */
    private static final int ENTRIES = 20;

    private ToldEvents() {}

    static CloudEvent whole(RuleEvent event) {
        return of(event, event.data());
    }

    /** With the first entries of long lists. */
    static CloudEvent brief(RuleEvent event) {
        return of(
                event,
                event.data().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, e -> brief(e.getValue()))));
    }

    private static Object brief(Object value) {
        return value instanceof List<?> list ? list.subList(0, Math.min(ENTRIES, list.size())) : value;
    }

    private static CloudEvent of(RuleEvent event, Map<String, Object> data) {
        return CloudEvent.of(event.id(), event.source(), event.type(), event.subject(), event.time(), data)
                .with(EventTypes.known().find(event.type()).map(EventType::schema));
    }
}
