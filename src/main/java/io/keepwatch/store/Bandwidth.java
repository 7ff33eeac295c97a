package io.keepwatch.store;

import io.keepwatch.unit.ByteSize;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The bytes a second that all readers share. Each pays for a little at a time and waits its turn, so that none starves and
 * a change of the timetable is felt within a second. Time and waiting come in from outside.
 */
final class Bandwidth {
    private static final int LARGEST_SHARE = 64 * 1024;
    private static final long SHARES_A_SECOND = 10;

    private final BandwidthTimetable timetable;
    private final Clock clock;
    private final Pause pause;
    private long freeAtNanos;

    Bandwidth(BandwidthTimetable timetable, Clock clock, Pause pause) {
        this.timetable = timetable;
        this.clock = clock;
        this.pause = pause;
        this.freeAtNanos = pause.nanoTime();
    }

    /** The most that one reader should take before it pays. */
    int share() {
        return timetable
                .limitAt(clock.instant())
                .map(limit -> (int) Math.min(LARGEST_SHARE, limit.bytes() / SHARES_A_SECOND))
                .orElse(LARGEST_SHARE);
    }

    /** Blocks until these bytes may have travelled. */
    void pay(int bytes) throws InterruptedIOException {
        long nanos = reserve(bytes);
        if (nanos > 0) {
            try {
                pause.sleep(Duration.ofNanos(nanos));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the wait for bandwidth was interrupted");
            }
        }
    }

    /** Turns are given in the order of the calls; an idle time is not saved up. */
    private synchronized long reserve(int bytes) {
        long now = pause.nanoTime();
        Optional<ByteSize> limit = timetable.limitAt(clock.instant());
        long start = freeAtNanos - now > 0 ? freeAtNanos : now;
        freeAtNanos = limit.map(size -> start + Math.multiplyExact(bytes, 1_000_000_000L) / size.bytes())
                .orElse(now);
        return freeAtNanos - now;
    }

    /** The monotonic clock, and waiting on it. */
    interface Pause {
        long nanoTime();

        void sleep(Duration duration) throws InterruptedException;

        Pause REAL = new Pause() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
            }
        };
    }
}
