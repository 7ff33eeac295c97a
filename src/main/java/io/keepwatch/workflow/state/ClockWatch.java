package io.keepwatch.workflow.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Finds out that the clock on the wall was set, by comparing it with one that only counts. */
final class ClockWatch {
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final Clock clock;
    private final LongSupplier nanos;
    private Instant wall;
    private long counted;

    ClockWatch(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.wall = clock.instant();
        this.counted = nanos.getAsLong();
    }

    /** By how much it was set since this was asked last; empty for less than a minute. Time asleep counts as set. */
    Optional<Duration> jump() {
        Instant nowWall = clock.instant();
        long nowCounted = nanos.getAsLong();
        Duration jump = Duration.between(wall, nowWall).minusNanos(nowCounted - counted);
        wall = nowWall;
        counted = nowCounted;
        return jump.abs().compareTo(TOLERANCE) > 0 ? Optional.of(jump) : Optional.empty();
    }
}
