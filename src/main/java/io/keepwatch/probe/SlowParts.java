package io.keepwatch.probe;

import io.keepwatch.event.Reading;
import io.keepwatch.unit.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Parts of a probe that may hang, read side by side: one that gives no answer in time delays no other. It is not asked again
 * until it has answered, and its late answer counts at the next read. One read at a time.
 */
public final class SlowParts {
    /** With what it takes to put the answers together, this stays below the time-out of a probe. */
    private static final Duration PATIENCE = ProbeInfo.TIME_OUT.minusSeconds(2);

    private final Duration patience;
    private final List<Slow> parts;

    /** @param parts each by the kind of what it reads, as {@link Parts#add(String, Parts.Part)} has it */
    public SlowParts(Map<String, Parts.Part> parts) {
        this(PATIENCE, parts);
    }

    /** @param patience how long a read waits for its parts */
    public SlowParts(Duration patience, Map<String, Parts.Part> parts) {
        this.patience = patience;
        this.parts = parts.entrySet().stream()
                .map(part -> new Slow(part.getKey(), part.getValue()))
                .toList();
    }

    /** As {@link Parts#readings}. */
    public List<Reading> readings() throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        parts.forEach(Slow::ask);
        Parts all = new Parts();
        parts.forEach(part -> all.add(part.kind, () -> part.answer(until)));
        return all.readings();
    }

    private final class Slow {
        private final String kind;
        private final Parts.Part part;
        private Optional<FutureTask<List<Reading>>> asked = Optional.empty();

        Slow(String kind, Parts.Part part) {
            this.kind = kind;
            this.part = part;
        }

        void ask() {
            if (asked.isEmpty()) {
                FutureTask<List<Reading>> task = new FutureTask<>(part::read);
                asked = Optional.of(task);
                Thread thread = new Thread(task, "keepwatch-probe-" + kind);
                thread.setDaemon(true);
                thread.start();
            }
        }

        List<Reading> answer(long until) throws IOException {
            FutureTask<List<Reading>> task = asked.orElseThrow();
            try {
                List<Reading> readings = task.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
                asked = Optional.empty();
                return readings;
            } catch (TimeoutException e) {
                throw new IOException(
                        kind + " gave no answer within " + DurationText.of(patience)
                                + " and is not asked again until it does",
                        e);
            } catch (ExecutionException e) {
                asked = Optional.empty();
                throw new IOException(Parts.problem(e.getCause() == null ? e : e.getCause()), e);
            } catch (InterruptedException e) {
                task.cancel(true);
                asked = Optional.empty();
                Thread.currentThread().interrupt();
                throw new IOException(kind + " was not read because Keepwatch stops", e);
            }
        }
    }
}
