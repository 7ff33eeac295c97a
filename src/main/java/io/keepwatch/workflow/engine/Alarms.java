package io.keepwatch.workflow.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** When something is due for each of many keys; the next one is found without looking at all of them. */
final class Alarms<K> {
    private final Map<K, Instant> times = new HashMap<>();
    private final TreeMap<Instant, Set<K>> keys = new TreeMap<>();

    void set(K key, Optional<Instant> time) {
        Instant before = time.isPresent() ? times.put(key, time.get()) : times.remove(key);
        if (before != null && !time.filter(before::equals).isPresent()) {
            Set<K> others = keys.getOrDefault(before, Set.of());
            others.remove(key);
            if (others.isEmpty()) {
                keys.remove(before);
            }
        }
        time.ifPresent(
                at -> keys.computeIfAbsent(at, same -> new LinkedHashSet<>()).add(key));
    }

    Optional<Instant> next() {
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys.firstKey());
    }

    /** The keys whose time has come, the earliest first. They stay until they are set anew. */
    List<K> due(Instant now) {
        List<K> due = new ArrayList<>();
        keys.headMap(now, true).values().forEach(due::addAll);
        return due;
    }
}
