package io.keepwatch.probe;

import io.keepwatch.event.Event;
import io.keepwatch.event.ProbeFailed;
import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.Reading;
import io.keepwatch.unit.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Runs each probe on its own schedule and tells what it read. A probe is never run twice at once: one that hangs is told
 * as failed after its time-out, stays out of the schedule until it comes back, and so delays only itself.
 * {@link #tick} is for one thread; the rest is safe for any.
 */
public final class ProbeRunner {
    private static final Duration STAGGER = Duration.ofMillis(150);
    /** Whoever changes one thing mostly changes several. */
    private static final Duration SOON = Duration.ofMillis(250);

    private final List<Scheduled> schedule;
    private final Executor threads;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Consumer<Event> publish;

    /** A probe and its interval. */
    public record Entry(Probe probe, Duration every) {}

    /** @param threads must have a thread for each probe that hangs */
    public ProbeRunner(
            List<Entry> entries, Executor threads, InstantSource clock, LongSupplier nanos, Consumer<Event> publish) {
        this.threads = threads;
        this.clock = clock;
        this.nanos = nanos;
        this.publish = publish;
        long start = nanos.getAsLong();
        this.schedule = java.util.stream.IntStream.range(0, entries.size())
                // One after the other, so that the first round is no burst.
                .mapToObj(i -> new Scheduled(entries.get(i), start + i * STAGGER.toNanos()))
                .toList();
    }

    /** Starts what is due, and tells which probe has run longer than it may. Never blocks. */
    public void tick() {
        long now = nanos.getAsLong();
        schedule.forEach(scheduled -> scheduled.tick(now));
    }

    /**
     * Reads a probe shortly, because something that it reads may have changed; several calls are one read. Any thread; a name
     * that is not on the schedule is passed over.
     */
    public void readSoon(String probe) {
        long at = nanos.getAsLong() + SOON.toNanos();
        schedule.stream()
                .filter(scheduled -> scheduled.entry.probe.info().name().equals(probe))
                .forEach(scheduled -> scheduled.notAfter(at));
    }

    private final class Scheduled {
        private final Entry entry;
        private long dueNanos;
        private long startedNanos;
        private boolean running;
        private boolean toldLate;

        Scheduled(Entry entry, long dueNanos) {
            this.entry = entry;
            this.dueNanos = dueNanos;
        }

        synchronized void tick(long now) {
            if (running) {
                tellIfLate(now);
            } else if (now - dueNanos >= 0) {
                running = true;
                toldLate = false;
                startedNanos = now;
                long late = now - dueNanos;
                // A beat that was missed is left out, not made up for.
                dueNanos += (late / entry.every.toNanos() + 1) * entry.every.toNanos();
                threads.execute(this::run);
            }
        }

        synchronized void notAfter(long at) {
            if (dueNanos - at > 0) {
                dueNanos = at;
            }
        }

        private void tellIfLate(long now) {
            Duration took = Duration.ofNanos(now - startedNanos);
            if (!toldLate && took.compareTo(ProbeInfo.TIME_OUT) > 0) {
                toldLate = true;
                fail(
                        "no answer for " + DurationText.of(took)
                                + "; it is not asked again until it answers: something that it reads does not respond",
                        took);
            }
        }

        private void run() {
            long start = nanos.getAsLong();
            try {
                List<Reading> readings = entry.probe.read();
                Duration took = Duration.ofNanos(nanos.getAsLong() - start);
                publish.accept(new ProbeRead(clock.instant(), entry.probe.info().name(), readings, took));
            } catch (PartlyReadException e) {
                Duration took = Duration.ofNanos(nanos.getAsLong() - start);
                publish.accept(new ProbeRead(
                        clock.instant(), entry.probe.info().name(), e.readings(), took, Optional.of(e.unread())));
            } catch (IOException | RuntimeException e) {
                fail(Parts.problem(e), Duration.ofNanos(nanos.getAsLong() - start));
            } finally {
                ended();
            }
        }

        private synchronized void ended() {
            running = false;
        }

        private void fail(String problem, Duration took) {
            publish.accept(new ProbeFailed(clock.instant(), entry.probe.info().name(), problem, took));
        }
    }
}
