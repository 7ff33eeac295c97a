package io.keepwatch.action.command;

import io.keepwatch.config.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * The first and the last 64 KiB of what a program writes. It is read on a thread of its own to the end, so that the program
 * never waits. No part of a secret is in the text, also not where it was cut.
 */
final class KeptOutput implements AutoCloseable {
    static final int LIMIT = 65_536;

    private final InputStream in;
    private final Secrets secrets;
    private final byte[] head;
    private final byte[] tail;
    private final Thread thread;
    private long total;

    private KeptOutput(InputStream in, Secrets secrets) {
        this.in = in;
        this.secrets = secrets;
        // Room for a whole secret beyond each cut; a UTF-16 unit has three bytes at most.
        this.head = new byte[LIMIT + 3 * secrets.longest()];
        this.tail = new byte[LIMIT + 3 * secrets.longest()];
        this.thread = new Thread(this::drain, "keepwatch-command-output");
        thread.setDaemon(true);
    }

    static KeptOutput of(InputStream in, Secrets secrets) {
        KeptOutput output = new KeptOutput(in, secrets);
        output.thread.start();
        return output;
    }

    private void drain() {
        byte[] part = new byte[16_384];
        try {
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                keep(part, read);
            }
        } catch (IOException e) {
            // Closed because the program has ended: what came until then is all there is.
        }
    }

    private synchronized void keep(byte[] part, int length) {
        if (total < head.length) {
            System.arraycopy(part, 0, head, (int) total, (int) Math.min(length, head.length - total));
        }
        int from = Math.max(0, length - tail.length);
        for (int i = from; i < length; ) {
            int at = (int) ((total + i) % tail.length);
            int step = Math.min(length - i, tail.length - at);
            System.arraycopy(part, i, tail, at, step);
            i += step;
        }
        total += length;
    }

    /** The text so far, after the program's end. A child it left behind may hold the pipe open: the wait is bounded. */
    String text(Duration atMost) throws InterruptedException {
        thread.join(atMost.toMillis());
        synchronized (this) {
            return total <= 2L * LIMIT ? secrets.mask(utf8(whole())) : cut();
        }
    }

    private byte[] whole() {
        byte[] whole = Arrays.copyOf(head, (int) total);
        byte[] last = last();
        if (total > head.length) {
            System.arraycopy(last, 0, whole, (int) total - last.length, last.length);
        }
        return whole;
    }

    private String cut() {
        String first = secrets.mask(utf8(head));
        String end = secrets.mask(utf8(last()));
        int beyond = secrets.longest();
        String kept = first.substring(0, Math.min(LIMIT, first.length() - beyond));
        int skipped = Math.max(beyond, end.length() - LIMIT);
        return kept.replaceFirst("\uFFFD+\\z", "")
                + "\n[" + (total - 2L * LIMIT) + " bytes left out]\n"
                + end.substring(skipped).replaceFirst("\\A\uFFFD+", "");
    }

    /** The last bytes in their order. */
    private byte[] last() {
        if (total < tail.length) {
            return Arrays.copyOf(tail, (int) total);
        }
        int start = (int) (total % tail.length);
        byte[] last = new byte[tail.length];
        System.arraycopy(tail, start, last, 0, tail.length - start);
        System.arraycopy(tail, 0, last, tail.length - start, start);
        return last;
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // Nothing can be lost by a pipe that does not close.
        }
    }
}
