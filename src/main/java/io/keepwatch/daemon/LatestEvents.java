package io.keepwatch.daemon;

import io.keepwatch.workflow.type.RuleEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The newest event of each type and subject; those that were not renewed for longest make room. Any thread. */
final class LatestEvents {
    private final Map<Key, RuleEvent> events;

    /** @param most so many are kept */
    LatestEvents(int most) {
        this.events = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, RuleEvent> eldest) {
                return size() > most;
            }
        };
    }

    private record Key(String type, String subject) {}

    synchronized void put(RuleEvent event) {
        Key key = new Key(event.type(), event.subject());
        // Out and in again, so that the order is that of renewal.
        events.remove(key);
        events.put(key, event);
    }

    /** The newest first. */
    synchronized List<RuleEvent> of(Collection<String> types) {
        List<RuleEvent> found = new ArrayList<>(events.values());
        found.removeIf(event -> !types.contains(event.type()));
        found.sort(Comparator.comparing(RuleEvent::time).reversed());
        return found;
    }
}
