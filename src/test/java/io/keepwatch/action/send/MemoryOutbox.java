package io.keepwatch.action.send;

import io.keepwatch.workflow.state.Delivery;
import io.keepwatch.workflow.state.Outbox;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An outbox that lasts as long as the object. */
public final class MemoryOutbox implements Outbox {
    private final Map<String, Delivery> owed = new LinkedHashMap<>();
    private final Map<String, String> ended = new LinkedHashMap<>();
    private int looks;

    /** How often it was asked what is due. */
    public synchronized int looks() {
        return looks;
    }

    @Override
    public synchronized boolean add(Delivery delivery) {
        if (owed.containsKey(delivery.id()) || ended.containsKey(delivery.id())) {
            return false;
        }
        owed.put(delivery.id(), delivery);
        return true;
    }

    @Override
    public synchronized List<Delivery> due(Instant now, int atMost) {
        looks++;
        return owed.values().stream()
                .filter(delivery -> !delivery.due().isAfter(now))
                .sorted(Comparator.comparing(Delivery::due))
                .limit(atMost)
                .toList();
    }

    @Override
    public synchronized Optional<Instant> next() {
        return owed.values().stream().map(Delivery::due).min(Instant::compareTo);
    }

    @Override
    public synchronized void postpone(Delivery postponed) {
        owed.put(postponed.id(), postponed);
    }

    @Override
    public synchronized void delivered(String id, int statusCode, Instant now) {
        owed.remove(id);
        ended.put(id, "delivered " + statusCode);
    }

    @Override
    public synchronized void givenUp(String id, String problem, Instant now) {
        owed.remove(id);
        ended.put(id, problem);
    }

    @Override
    public synchronized int waiting() {
        return owed.size();
    }

    synchronized Map<String, String> ended() {
        return Map.copyOf(ended);
    }

    synchronized List<Delivery> owed() {
        return List.copyOf(owed.values());
    }
}
