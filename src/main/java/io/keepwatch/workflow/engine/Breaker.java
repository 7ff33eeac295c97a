package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.rule.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Stops a rule that runs too often: nothing for an hour, then it may try again. */
final class Breaker {
    private static final Duration REST = Duration.ofHours(1);
    private static final Limit HOST = new Limit(600, Duration.ofMinutes(1));

    private static final int MAX_LANES = 10_000;

    private final Map<String, Deque<Instant>> runs = new HashMap<>();
    private final Map<String, Instant> trippedUntil = new HashMap<>();
    private final Deque<Instant> onHost = new ArrayDeque<>();

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
        Deque<Instant> own = runs.computeIfAbsent(lane, key -> new ArrayDeque<>());
        forget(own, now.minus(limit.per()));
        if (own.size() >= limit.runs()) {
            own.clear();
            trippedUntil.put(lane, now.plus(REST));
            return Verdict.TRIPPED;
        }
        if (onHost.size() >= HOST.runs()) {
            return Verdict.REFUSED;
        }
        own.add(now);
        onHost.add(now);
        return Verdict.ALLOWED;
    }

    private static void forget(Deque<Instant> times, Instant until) {
        while (!times.isEmpty() && !times.peekFirst().isAfter(until)) {
            times.removeFirst();
        }
    }
}
