package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.rule.Concurrency;
import io.keepwatch.workflow.rule.Concurrency.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which runs may be under way: in the order they came for each rule and key, and never too many on the host. */
final class RunQueue {
    static final int HOST_LIMIT = 32;

    private final Map<String, Lane> lanes = new HashMap<>();
    private final Map<String, Entry> entries = new HashMap<>();
    /** Lanes whose first waiting run could begin if the host had room, by the number of that run. */
    private final TreeMap<Long, Lane> ready = new TreeMap<>();

    private int running;
    private long numbers;

    private record Entry(String run, long number, Lane lane, Concurrency concurrency) {}

    /** The runs of one rule and key. */
    private static final class Lane {
        private final String name;
        private final LinkedHashMap<String, Entry> waiting = new LinkedHashMap<>();
        private final Set<String> running = new LinkedHashSet<>();
        private long readyAt = -1;

        Lane(String name) {
            this.name = name;
        }

        Optional<Entry> first() {
            return waiting.values().stream().findFirst();
        }
    }

    /**
     * What becomes of a run that is offered.
     *
     * @param dropped runs that waited and do not any more
     * @param stopped runs under way that must end
     */
    record Decision(Optional<String> started, boolean refused, List<String> dropped, List<String> stopped) {}

    Decision offer(String run, String name, Concurrency concurrency) {
        Lane lane = lanes.computeIfAbsent(name, Lane::new);
        boolean free = lane.waiting.isEmpty() && lane.running.size() < concurrency.limit();
        if (free && running < HOST_LIMIT) {
            start(new Entry(run, ++numbers, lane, concurrency));
            return new Decision(Optional.of(run), false, List.of(), List.of());
        }
        if (!free && concurrency.policy() == Policy.SKIP) {
            return new Decision(Optional.empty(), true, List.of(), List.of());
        }
        List<String> dropped = new ArrayList<>();
        if (concurrency.policy() == Policy.REPLACE) {
            dropped.addAll(lane.waiting.keySet());
        } else if (lane.waiting.size() >= concurrency.queue()) {
            lane.first().map(Entry::run).ifPresent(dropped::add);
        }
        dropped.forEach(other -> {
            lane.waiting.remove(other);
            entries.remove(other);
        });
        Entry entry = new Entry(run, ++numbers, lane, concurrency);
        lane.waiting.put(run, entry);
        entries.put(run, entry);
        settle(lane);
        List<String> stopped = concurrency.replaceRunning() ? List.copyOf(lane.running) : List.of();
        return new Decision(Optional.empty(), false, dropped, stopped);
    }

    /** Takes up a run that was under way before a restart. */
    void resume(String run, String name, Concurrency concurrency) {
        start(new Entry(run, ++numbers, lanes.computeIfAbsent(name, Lane::new), concurrency));
    }

    /** Ends a run; the runs that may begin now, in their order. */
    List<String> finish(String run) {
        Entry ended = entries.remove(run);
        if (ended != null) {
            ended.lane().waiting.remove(run);
            running -= ended.lane().running.remove(run) ? 1 : 0;
            settle(ended.lane());
        }
        List<String> started = new ArrayList<>();
        while (running < HOST_LIMIT && !ready.isEmpty()) {
            Lane lane = ready.firstEntry().getValue();
            lane.first().ifPresent(entry -> {
                lane.waiting.remove(entry.run());
                start(entry);
                started.add(entry.run());
            });
            settle(lane);
        }
        return started;
    }

    private void start(Entry entry) {
        entries.put(entry.run(), entry);
        entry.lane().running.add(entry.run());
        running++;
    }

    /** Says anew whether the lane is ready; forgets it when nothing is left in it. */
    private void settle(Lane lane) {
        ready.remove(lane.readyAt);
        Optional<Entry> first = lane.first();
        lane.readyAt = first.map(Entry::number).orElse(-1L);
        if (first.filter(entry -> lane.running.size() < entry.concurrency().limit())
                .isPresent()) {
            ready.put(lane.readyAt, lane);
        } else if (first.isEmpty() && lane.running.isEmpty()) {
            lanes.remove(lane.name);
        }
    }
}
