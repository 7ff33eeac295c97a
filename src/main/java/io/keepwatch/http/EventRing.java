package io.keepwatch.http;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Predicate;

/**
 * The last events, for pages and streams. Bounded by number and by bytes: the oldest make room. Each stream only remembers
 * the number of the event that it sent last, so a slow one costs no memory; it learns when it has missed something. Any
 * thread.
 */
public final class EventRing {
    private static final int MOST_EVENTS = 10_000;
    private static final int SPARE = 1000;
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final int mostEvents;
    /** Behind {@code dropped} others that are gone; their room is given back now and then. */
    private final List<Entry> entries = new ArrayList<>();

    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
    private Instant since;
    private long last;
    private long bytes;
    private int dropped;

    /** @param start when the daemon began: numbers grow from there, so that they also grow over a restart */
    public EventRing(Instant start) {
        this(start, MOST_EVENTS);
    }

    EventRing(Instant start, int mostEvents) {
        this.mostEvents = mostEvents;
        this.since = start;
        this.last = start.toEpochMilli() * 1000;
    }

    /** An event with its number, and as the message of a stream. */
    record Entry(long id, CloudEvent event, Buffer message) {}

    /** What came behind a number; incomplete where some of it is no longer kept. */
    record Batch(List<Entry> entries, boolean complete) {}

    public void add(CloudEvent event) {
        append(event);
        listeners.forEach(Runnable::run);
    }

    private synchronized void append(CloudEvent event) {
        last++;
        String message = "id: " + last + "\ndata: " + Json.write(event) + "\n\n";
        Entry entry = new Entry(last, event, Buffer.buffer(message));
        entries.add(entry);
        bytes += entry.message().length();
        while (entries.size() - dropped > mostEvents || bytes > MOST_BYTES) {
            bytes -= entries.get(dropped).message().length();
            since = entries.get(dropped).event().time();
            dropped++;
        }
        if (dropped > SPARE) {
            entries.subList(0, dropped).clear();
            dropped = 0;
        }
    }

    /** The number of the newest event. */
    synchronized long last() {
        return last;
    }

    /** Behind this time all events are kept. */
    synchronized Instant since() {
        return since;
    }

    /** What came behind a number, in order, up to so many bytes but at least one event. */
    synchronized Batch behind(long id, long mostBytes) {
        // Numbers have no gaps, so the place of each follows from the newest.
        long oldest = last + 1 - (entries.size() - dropped);
        boolean complete = id + 1 >= oldest && id <= last;
        List<Entry> found = new ArrayList<>();
        long size = 0;
        long from = Math.max(id + 1, oldest);
        for (long next = from; next <= last && (found.isEmpty() || size < mostBytes); next++) {
            Entry entry = entries.get((int) (next - oldest) + dropped);
            found.add(entry);
            size += entry.message().length();
        }
        return new Batch(found, complete);
    }

    /** A page, the newest first; the cursor is a number. */
    synchronized Page<CloudEvent> page(Predicate<String> types, TimeRange range, PageRequest page) {
        Optional<Long> before = page.number();
        List<Entry> found = new ArrayList<>();
        for (int i = entries.size() - 1; i >= dropped && found.size() <= page.limit(); i--) {
            Entry entry = entries.get(i);
            CloudEvent event = entry.event();
            if (before.filter(id -> entry.id() >= id).isEmpty()
                    && types.test(event.type())
                    && range.holds(event.time())) {
                found.add(entry);
            }
        }
        return Page.of(found, page.limit(), entry -> String.valueOf(entry.id())).map(Entry::event);
    }

    /** Calls a listener after each event, on the thread that brought it; it must be quick. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }
}
