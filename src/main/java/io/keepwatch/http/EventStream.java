package io.keepwatch.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Sends events to one client as they come, no faster than it reads. It keeps the number of the last event and at most one
 * batch in the socket; a client that reads nothing for 30 s is cut off by {@link Connections}. Works on the context
 * of its request, {@link #wake} aside.
 */
final class EventStream {
    private static final long HEARTBEAT_MILLIS = 15_000;
    private static final int QUEUE_BYTES = 32 * 1024;
    private static final long BATCH_BYTES = 16L * 1024;
    private static final String MISSED = "event: missed\ndata: {\"missed\":true}\n\n";

    private final EventRing ring;
    private final Predicate<String> types;
    private final BooleanSupplier allowed;
    private final HttpServerResponse out;
    private final Vertx vertx;
    private final Context context;
    private final Runnable ended;
    private final Runnable listener = this::wake;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final long timer;
    private long last;
    private boolean open = true;

    /**
     * On the context of its request.
     *
     * @param allowed whether this client may still see events; asked before each message, and every 15 s
     * @param last the number that it begins behind
     * @param ended called once, when the stream has ended
     */
    EventStream(
            EventRing ring,
            Predicate<String> types,
            BooleanSupplier allowed,
            HttpServerResponse out,
            long last,
            Vertx vertx,
            Runnable ended) {
        this.ring = ring;
        this.types = types;
        this.allowed = allowed;
        this.out = out;
        this.last = last;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.ended = ended;
        this.timer = vertx.setPeriodic(HEARTBEAT_MILLIS, tick -> beat());
        out.setWriteQueueMaxSize(QUEUE_BYTES);
        out.drainHandler(drained -> pump());
        out.exceptionHandler(broken -> close());
        out.closeHandler(gone -> close());
    }

    void begin() {
        // A client that hears of no event before a break must know where to go on as well.
        out.write("retry: 2000\n\nevent: begun\nid: " + last + "\ndata: {\"begun\":true}\n\n");
        ring.listen(listener);
        pump();
    }

    /** Something came. However often this is called, the stream looks once. */
    private void wake() {
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(now -> pump());
        }
    }

    private void pump() {
        woken.set(false);
        endUnlessAllowed();
        while (open && !out.writeQueueFull()) {
            EventRing.Batch batch = ring.behind(last, BATCH_BYTES);
            Buffer buffer = Buffer.buffer();
            if (!batch.complete()) {
                buffer.appendString(MISSED);
            }
            for (EventRing.Entry entry : batch.entries()) {
                last = entry.id();
                if (types.test(entry.event().type())) {
                    buffer.appendBuffer(entry.message());
                }
            }
            if (!batch.complete() && batch.entries().isEmpty()) {
                last = ring.last();
            }
            if (buffer.length() > 0) {
                out.write(buffer);
            }
            if (batch.entries().isEmpty()) {
                return;
            }
        }
    }

    private void beat() {
        endUnlessAllowed();
        if (open && !out.writeQueueFull()) {
            out.write(": still here\n\n");
        }
    }

    private void endUnlessAllowed() {
        if (open && !allowed.getAsBoolean()) {
            close();
            out.end();
        }
    }

    private void close() {
        if (open) {
            open = false;
            ring.forget(listener);
            vertx.cancelTimer(timer);
            ended.run();
        }
    }
}
