package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.rule.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stops a rule that runs too often: nothing for an hour, then it may try again. What it knows of rules outlives a restart, so
 * that a daemon that dies again and again allows no more; what it knows of the host does not.
 */
final class Breaker {
    private static final String TRIPPED_AT = "tripped\n";
    private static final Duration REST = Duration.ofHours(1);
    private static final Limit HOST = new Limit(600, Duration.ofMinutes(1));

    private static final int MAX_LANES = 10_000;

    private final Map<String, Deque<Instant>> runs = new HashMap<>();
    private final Map<String, Instant> trippedUntil = new HashMap<>();
    private final Map<String, Instant> changed = new HashMap<>();
    private final Deque<Instant> onHost = new ArrayDeque<>();

    /**
     * @param runs of before, the oldest first
     * @param times of before, with those that {@link #takeChanged} gave
     */
    Breaker(List<Memory.Accepted> runs, Map<String, Instant> times) {
        times.forEach((key, at) -> {
            if (key.startsWith(TRIPPED_AT)) {
                trippedUntil.put(key.substring(TRIPPED_AT.length()), at.plus(REST));
            }
        });
        for (Memory.Accepted run : runs) {
            String lane = lane(run.rule(), run.key());
            if (times.getOrDefault(TRIPPED_AT + lane, Instant.MIN).isBefore(run.at())) {
                ran(lane).add(run.at());
            }
        }
    }

    /** What the runs of one rule and key are counted under. */
    static String lane(String rule, String key) {
        return rule + "\n" + key;
    }

    /** Whether a run may take place. */
    enum Verdict {
        ALLOWED,
        /** This one is too many; it is worth telling. */
        TRIPPED,
        REFUSED
    }

    Verdict ask(String lane, Limit limit, Instant now) {
        if (trippedUntil.getOrDefault(lane, Instant.MIN).isAfter(now)) {
            return Verdict.REFUSED;
        }
        trippedUntil.remove(lane);
        forget(onHost, now.minus(HOST.per()));
        if (runs.size() > MAX_LANES) {
            runs.values().forEach(times -> forget(times, now.minus(REST)));
            runs.values().removeIf(Deque::isEmpty);
            trippedUntil.values().removeIf(until -> !until.isAfter(now));
        }
        Deque<Instant> own = ran(lane);
        forget(own, now.minus(limit.per()));
        if (own.size() >= limit.runs()) {
            own.clear();
            trippedUntil.put(lane, now.plus(REST));
            changed.put(TRIPPED_AT + lane, now);
            return Verdict.TRIPPED;
        }
        if (onHost.size() >= HOST.runs()) {
            return Verdict.REFUSED;
        }
        own.add(now);
        onHost.add(now);
        return Verdict.ALLOWED;
    }

    boolean hasChanged() {
        return !changed.isEmpty();
    }

    /** When it tripped, of what changed since this was asked last. */
    Map<String, Instant> takeChanged() {
        Map<String, Instant> result = Map.copyOf(changed);
        changed.clear();
        return result;
    }

    private Deque<Instant> ran(String lane) {
        return runs.computeIfAbsent(lane, key -> new ArrayDeque<>());
    }

    private static void forget(Deque<Instant> times, Instant until) {
        while (!times.isEmpty() && !times.peekFirst().isAfter(until)) {
            times.removeFirst();
        }
    }
}
