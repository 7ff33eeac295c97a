package io.keepwatch.probe;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** Turns totals that only grow into rates by what they were at the last read. One thread at a time. */
public final class Rates {
    private final LongSupplier nanos;
    private Map<String, Double> before = Map.of();
    private Map<String, Double> now = new HashMap<>();
    private long beforeNanos;
    private long nowNanos;

    /** @param nanos a clock that never goes back */
    public Rates(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Begins a read: all totals that follow count as taken now. */
    public void begin() {
        before = now;
        beforeNanos = nowNanos;
        now = new HashMap<>();
        nowNanos = nanos.getAsLong();
    }

    /** Empty at the first read of a total, and where it went back because its counter began anew. */
    public OptionalDouble perSecond(String key, double total) {
        OptionalDouble growth = growth(key, total);
        double seconds = (nowNanos - beforeNanos) / 1e9;
        return growth.isPresent() && seconds > 0
                ? OptionalDouble.of(growth.getAsDouble() / seconds)
                : OptionalDouble.empty();
    }

    /** How much it grew since the last read. */
    public OptionalDouble growth(String key, double total) {
        now.put(key, total);
        Double old = before.get(key);
        return old == null || total < old ? OptionalDouble.empty() : OptionalDouble.of(total - old);
    }
}
