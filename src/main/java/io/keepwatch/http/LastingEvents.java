package io.keepwatch.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Events that people look for days later, also behind a restart and when many others came since: {@link EventRing} forgets
 * them. None of them comes all the time. Any thread.
 */
public final class LastingEvents {
    private static final TypeFilter TYPES = TypeFilter.of(
            Optional.of("threshold.*,store.*,root.*,watch.*,backup.failed,database.*,drill.*,maintenance.*"
                    + ",rule.*,rules.*,approval.*,delivery.*,target.*"));

    private final EventRing events;

    /**
     * @param known those of before, the oldest first
     * @param since behind it all are known
     */
    public LastingEvents(List<CloudEvent> known, Instant since) {
        this.events = new EventRing(since);
        known.forEach(events::add);
    }

    public static boolean isOne(CloudEvent event) {
        return TYPES.test(event.type());
    }

    /** Takes one that lasts. */
    public void add(CloudEvent event) {
        events.add(event);
    }

    /** Whether all events of these types last. */
    boolean holds(TypeFilter types) {
        return types.isWithin(TYPES);
    }

    /** These events, for pages alone: their numbers are none of a stream. */
    EventRing events() {
        return events;
    }
}
