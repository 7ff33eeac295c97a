package io.keepwatch.http;

import io.keepwatch.event.Event;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
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
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final EventJson json;
    private final int mostEvents;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
    private final long first;
    private long last;
    private long bytes;

    /** @param start when the daemon began: numbers grow from there, so that they also grow over a restart */
    public EventRing(EventJson json, Instant start) {
        this(json, start, MOST_EVENTS);
    }

    EventRing(EventJson json, Instant start, int mostEvents) {
        this.json = json;
        this.mostEvents = mostEvents;
        this.first = start.toEpochMilli() * 1000;
        this.last = first;
    }

    /** An event with its number, and as the message of a stream. */
    record Entry(long id, CloudEvent event, Buffer message) {}

    /** What came behind a number; incomplete where some of it is no longer kept. */
    record Batch(List<Entry> entries, boolean complete) {}

    /** Takes an event if it is one that is told. */
    public void add(Event event) {
        if (append(event)) {
            listeners.forEach(Runnable::run);
        }
    }

    private synchronized boolean append(Event event) {
        long id = last + 1;
        Optional<CloudEvent> told = json.of(event, id);
        told.ifPresent(known -> keep(id, known));
        return told.isPresent();
    }

    private void keep(long id, CloudEvent told) {
        last = id;
        String message = "id: " + id + "\ndata: " + Json.write(told) + "\n\n";
        Entry entry = new Entry(id, told, Buffer.buffer(message));
        entries.addLast(entry);
        bytes += entry.message().length();
        while (entries.size() > mostEvents || bytes > MOST_BYTES) {
            bytes -= entries.removeFirst().message().length();
        }
    }

    /** The number of the newest event. */
    synchronized long last() {
        return last;
    }

    /** What came behind a number, in order, up to so many bytes but at least one event. */
    synchronized Batch behind(long id, long mostBytes) {
        long oldest = entries.isEmpty() ? last + 1 : entries.getFirst().id();
        boolean known = id >= first && id <= last;
        List<Entry> found = new ArrayList<>();
        long size = 0;
        // Numbers have no gaps, so the way from the end is known.
        int skip = (int) Math.min(entries.size(), Math.max(0, id + 1 - oldest));
        Iterator<Entry> rest = skip == entries.size() ? List.<Entry>of().iterator() : from(skip);
        while (rest.hasNext() && (found.isEmpty() || size < mostBytes)) {
            Entry entry = rest.next();
            found.add(entry);
            size += entry.message().length();
        }
        return new Batch(found, known && id + 1 >= oldest);
    }

    /** A stream that keeps up is near the end, one that begins anew near the beginning. */
    private Iterator<Entry> from(int skip) {
        int left = entries.size() - skip;
        if (left < skip) {
            Deque<Entry> newest = new ArrayDeque<>();
            Iterator<Entry> back = entries.descendingIterator();
            for (int i = 0; i < left; i++) {
                newest.addFirst(back.next());
            }
            return newest.iterator();
        }
        Iterator<Entry> all = entries.iterator();
        for (int i = 0; i < skip; i++) {
            all.next();
        }
        return all;
    }

    /** A page, the newest first; the cursor is a number. */
    synchronized Page<CloudEvent> page(Predicate<String> types, TimeRange range, PageRequest page) {
        Optional<Long> before = page.number();
        List<CloudEvent> found = new ArrayList<>();
        Iterator<Entry> back = entries.descendingIterator();
        while (back.hasNext() && found.size() <= page.limit()) {
            Entry entry = back.next();
            CloudEvent event = entry.event();
            if (before.filter(id -> entry.id() >= id).isEmpty()
                    && types.test(event.type())
                    && range.holds(event.time())) {
                found.add(event);
            }
        }
        return Page.of(found, page.limit(), CloudEvent::id);
    }

    /** Calls a listener after each event, on the thread that brought it; it must be quick. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }
}
