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
 * Stops a rule that runs too often: nothing for an hour, then a single run as a trial. If that succeeds, the rule runs as before;
 * if it fails, the rule rests for another hour. What it knows of rules outlives a restart, so that a daemon that dies again and
 * again allows no more; what it knows of the host does not. For one thread.
 */
final class Breaker {
    private static final String TRIPPED_AT = "tripped\n";
    private static final String CLOSED_AT = "closed\n";
    private static final Duration REST = Duration.ofHours(1);
    private static final Limit HOST = new Limit(600, Duration.ofMinutes(1));

    private static final int MAX_LANES = 10_000;

    private final Map<String, Deque<Instant>> runs = new HashMap<>();
    /** Trials under way, by their lanes. */
    private final Map<String, String> trials = new HashMap<>();

    private final LastTimes times;
    private final Deque<Instant> onHost = new ArrayDeque<>();
    private boolean hostIsOpen;
    private int hostOpenings;
    private long dropped;

    /**
     * @param runs of before, the oldest first
     * @param times has when lanes tripped, and when a trial closed them again
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

    /** A run takes place, or goes on after a restart: where it is the first since the rest, it is the trial. */
    void began(String lane, String run, Instant created) {
        if (openSince(lane).filter(at -> !created.isBefore(at.plus(REST))).isPresent()) {
            trials.putIfAbsent(lane, run);
        }
    }

    /** A run ended. One that gave way proves nothing: the next is the trial then. */
    void ended(String lane, String run, Run.Status status, Instant now) {
        if (!trials.remove(lane, run)) {
            return;
        }
        switch (status) {
            case SUCCEEDED, SHADOW -> times.set(CLOSED_AT + lane, now);
            case FAILED, UNCERTAIN -> trip(lane, now);
            case CANCELLED, QUEUED, RUNNING -> {}
        }
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
        if (trials.containsKey(lane)
                || openSince(lane).filter(at -> at.plus(REST).isAfter(now)).isPresent()) {
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
            trip(lane, now);
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

    private void trip(String lane, Instant now) {
        ran(lane).clear();
        times.set(TRIPPED_AT + lane, now);
    }

    /** When it tripped, unless a trial closed it since. */
    private Optional<Instant> openSince(String lane) {
        Instant closed = times.of(CLOSED_AT + lane).orElse(Instant.MIN);
        return tripped(lane).filter(at -> !closed.isAfter(at));
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
