package io.keepwatch.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads what a program writes on a thread of its own, so that it never waits for a full pipe; keeps the first bytes only.
 */
final class ToolStream {
    private static final int LIMIT_BYTES = 4 * 1024 * 1024;

    private final InputStream in;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread thread;

    private ToolStream(InputStream in) {
        this.in = in;
        this.thread = new Thread(this::drain, "keepwatch-tool");
        thread.setDaemon(true);
    }

    static ToolStream of(InputStream in) {
        ToolStream stream = new ToolStream(in);
        stream.thread.start();
        return stream;
    }

    private void drain() {
        byte[] chunk = new byte[8192];
        try {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                keep(chunk, read);
            }
        } catch (IOException e) {
            // Closed because the program was stopped: what came until then is all there is.
        }
    }

    private synchronized void keep(byte[] chunk, int length) {
        kept.write(chunk, 0, Math.min(length, LIMIT_BYTES - kept.size()));
    }

    /** The text so far, after the program's end. A child it left behind may hold the pipe open: the wait is bounded. */
    String text(Duration atMost) throws InterruptedException {
        thread.join(atMost.toMillis());
        synchronized (this) {
            return kept.toString(StandardCharsets.UTF_8);
        }
    }

    void close() {
        try {
            in.close();
        } catch (IOException e) {
            // Nothing can be lost by a pipe that does not close.
        }
    }
}
