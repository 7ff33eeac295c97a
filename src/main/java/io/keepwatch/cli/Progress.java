package io.keepwatch.cli;

import io.keepwatch.unit.ByteSize;
import io.keepwatch.unit.DurationText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How far a long command is. On a terminal one line is redrawn at most five times a second; otherwise a plain line is
 * written every ten seconds, so that a log stays short; what is quicker shows nothing, its result says it all. Callers report as often as they like, from any thread.
 */
final class Progress implements AutoCloseable {
    private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();
    private static final long PLAIN_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long RATE_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long SAMPLE_NANOS = Duration.ofMillis(500).toNanos();

    private final String what;
    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier nanoClock;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private Sample last;
    private OptionalLong totalBytes = OptionalLong.empty();
    private long drawnAt;
    private int drawnLength;
    private boolean drawn;

    private record Sample(long nanos, long files, long bytes) {}

    /**
     * For one command.
     *
     * @param what the first words of the line, for example {@code restoring}
     * @param terminal whether err is a terminal that people watch
     * @param nanoClock as {@link System#nanoTime()}
     */
    Progress(String what, PrintWriter err, boolean terminal, LongSupplier nanoClock) {
        this.what = what;
        this.err = err;
        this.terminal = terminal;
        this.nanoClock = nanoClock;
        this.drawnAt = nanoClock.getAsLong();
        this.last = new Sample(drawnAt, 0, 0);
        samples.add(last);
    }

    /** Makes percent and the time left known. May be called again when the total grows. */
    synchronized void expect(long bytes) {
        totalBytes = OptionalLong.of(bytes);
    }

    /** What is done since the beginning, not since the last call. */
    synchronized void update(long files, long bytes) {
        long now = nanoClock.getAsLong();
        last = new Sample(now, files, bytes);
        if (now - samples.getLast().nanos >= SAMPLE_NANOS) {
            samples.add(last);
        }
        while (samples.size() > 1 && now - samples.getFirst().nanos > RATE_NANOS) {
            samples.removeFirst();
        }
        if (now - drawnAt >= (terminal ? REDRAW_NANOS : PLAIN_NANOS)) {
            drawnAt = now;
            draw(line());
        }
    }

    /** Shows the last state where an earlier one was shown, and leaves the line. */
    @Override
    public synchronized void close() {
        if (!drawn) {
            return;
        }
        draw(line());
        if (terminal) {
            err.println();
        }
        err.flush();
    }

    private void draw(String line) {
        drawn = true;
        if (terminal) {
            err.print("\r" + line + " ".repeat(Math.max(0, drawnLength - line.length())));
            drawnLength = line.length();
        } else {
            err.println(line);
        }
        err.flush();
    }

    private String line() {
        Sample first = samples.getFirst();
        double seconds = (last.nanos - first.nanos) / 1e9;
        StringBuilder line = new StringBuilder(what);
        line.append(' ').append(last.files).append(last.files == 1 ? " file, " : " files, ");
        line.append(new ByteSize(last.bytes));
        long bytesPerSecond = seconds > 0 ? (long) ((last.bytes - first.bytes) / seconds) : 0;
        if (seconds > 0) {
            line.append(String.format(
                    Locale.ROOT,
                    ", %.0f files/s, %s/s",
                    (last.files - first.files) / seconds,
                    new ByteSize(Math.max(0, bytesPerSecond))));
        }
        totalBytes.ifPresent(total -> appendRest(line, total, bytesPerSecond));
        return line.toString();
    }

    private void appendRest(StringBuilder line, long total, long bytesPerSecond) {
        long left = Math.max(0, total - last.bytes);
        line.append(", ")
                .append(total == 0 ? 100 : 100 * Math.min(last.bytes, total) / total)
                .append(" %");
        if (left > 0 && bytesPerSecond > 0) {
            line.append(", ")
                    .append(DurationText.of(Duration.ofSeconds(left / bytesPerSecond + 1)))
                    .append(" left");
        }
    }
}
