package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.rule.Concurrency;
import io.keepwatch.workflow.rule.Concurrency.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which runs may be under way: in the order they came for each rule and key, and never too many on the host. */
final class RunQueue {
    static final int HOST_LIMIT = 32;

    private final Map<String, Entry> waiting = new LinkedHashMap<>();
    private final Map<String, Entry> running = new HashMap<>();
    private final Map<String, Integer> runningInLane = new HashMap<>();

    private record Entry(String run, String lane, Concurrency concurrency) {}

    /**
     * What becomes of a run that is offered.
     *
     * @param dropped runs that waited and do not any more
     * @param stopped runs under way that must end
     */
    record Decision(Optional<String> started, boolean refused, List<String> dropped, List<String> stopped) {}

    Decision offer(String run, String lane, Concurrency concurrency) {
        Entry entry = new Entry(run, lane, concurrency);
        List<String> inLane = waiting.values().stream()
                .filter(other -> other.lane().equals(lane))
                .map(Entry::run)
                .toList();
        if (inLane.isEmpty() && isFree(entry)) {
            start(entry);
            return new Decision(Optional.of(run), false, List.of(), List.of());
        }
        if (concurrency.policy() == Policy.SKIP) {
            return new Decision(Optional.empty(), true, List.of(), List.of());
        }
        List<String> dropped = new ArrayList<>();
        if (concurrency.policy() == Policy.REPLACE) {
            dropped.addAll(inLane);
        } else if (inLane.size() >= concurrency.queue()) {
            dropped.add(inLane.get(0));
        }
        dropped.forEach(waiting::remove);
        waiting.put(run, entry);
        List<String> stopped = concurrency.replaceRunning() ? runningIn(lane) : List.of();
        return new Decision(Optional.empty(), false, dropped, stopped);
    }

    /** Takes up a run that was under way before a restart. */
    void resume(String run, String lane, Concurrency concurrency) {
        start(new Entry(run, lane, concurrency));
    }

    /** Ends a run; the runs that may begin now, in their order. */
    List<String> finish(String run) {
        waiting.remove(run);
        Entry ended = running.remove(run);
        if (ended != null) {
            runningInLane.merge(ended.lane(), -1, Integer::sum);
            runningInLane.remove(ended.lane(), 0);
        }
        List<String> started = new ArrayList<>();
        List<String> blocked = new ArrayList<>();
        for (Iterator<Entry> entries = waiting.values().iterator();
                entries.hasNext() && running.size() < HOST_LIMIT; ) {
            Entry entry = entries.next();
            if (!blocked.contains(entry.lane()) && isFree(entry)) {
                entries.remove();
                start(entry);
                started.add(entry.run());
            } else {
                blocked.add(entry.lane());
            }
        }
        return started;
    }

    private List<String> runningIn(String lane) {
        return running.values().stream()
                .filter(entry -> entry.lane().equals(lane))
                .map(Entry::run)
                .toList();
    }

    private boolean isFree(Entry entry) {
        return running.size() < HOST_LIMIT
                && runningInLane.getOrDefault(entry.lane(), 0)
                        < entry.concurrency().limit();
    }

    private void start(Entry entry) {
        running.put(entry.run(), entry);
        runningInLane.merge(entry.lane(), 1, Integer::sum);
    }
}
