package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.rule.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    private final LastTimes times;
    private final Deque<Instant> onHost = new ArrayDeque<>();
    private boolean hostIsOpen;
    private int hostOpenings;
    private long dropped;

    /**
     * @param runs of before, the oldest first
     * @param times has when lanes tripped
     */
    Breaker(List<Memory.Accepted> runs, LastTimes times) {
        this.times = times;
        for (Memory.Accepted run : runs) {
            String lane = lane(run.rule(), run.key());
            if (tripped(lane).filter(at -> !at.isBefore(run.at())).isEmpty()) {
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
        Verdict verdict = judge(lane, limit, now);
        dropped += verdict == Verdict.ALLOWED ? 0 : 1;
        return verdict;
    }

    /** How many runs were not allowed. */
    long dropped() {
        return dropped;
    }

    /** How often the host had too many; it has again once it had half as many meanwhile. */
    int hostOpenings() {
        return hostOpenings;
    }

    private Verdict judge(String lane, Limit limit, Instant now) {
        if (tripped(lane).filter(at -> at.plus(REST).isAfter(now)).isPresent()) {
            return Verdict.REFUSED;
        }
        forget(onHost, now.minus(HOST.per()));
        if (runs.size() > MAX_LANES) {
            runs.values().forEach(times -> forget(times, now.minus(REST)));
            runs.values().removeIf(Deque::isEmpty);
        }
        Deque<Instant> own = ran(lane);
        forget(own, now.minus(limit.per()));
        if (own.size() >= limit.runs()) {
            own.clear();
            times.set(TRIPPED_AT + lane, now);
            return Verdict.TRIPPED;
        }
        hostIsOpen &= onHost.size() > HOST.runs() / 2;
        if (onHost.size() >= HOST.runs()) {
            hostOpenings += hostIsOpen ? 0 : 1;
            hostIsOpen = true;
            return Verdict.REFUSED;
        }
        own.add(now);
        onHost.add(now);
        return Verdict.ALLOWED;
    }

    private Optional<Instant> tripped(String lane) {
        return times.of(TRIPPED_AT + lane);
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
