package io.keepwatch.layout.pack;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * Compresses frames on an executor and writes them in the order they came in, and counts. Whoever waits for a
 * frame that no thread has begun encodes it himself, so a busy, single or refusing executor costs speed only.
 */
final class FrameQueue {
    /** Of contents that wait; each needs about three times its size until it is written. */
    static final int MOST_WAITING_BYTES = 24 << 20;

    private final OutputStream out;
    private final FrameEncoder encoder;
    private final Executor executor;
    private final int inFlight;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final List<Frame> written = new ArrayList<>();
    private long waitingBytes;
    private long position;

    private record Waiting(FutureTask<EncodedFrame> task, int contentBytes) {}

    FrameQueue(OutputStream out, FrameEncoder encoder, Executor executor, int inFlight) {
        this.out = out;
        this.encoder = encoder;
        this.executor = executor;
        this.inFlight = inFlight;
    }

    /** The index that the next frame will have. */
    int nextIndex() {
        return written.size() + waiting.size();
    }

    /** The content is no longer changed by the caller. */
    void add(byte[] content) throws IOException {
        enqueue(content.length, () -> encoder.encode(content, content.length));
    }

    /** For a content that may not be worth compressing. */
    void addProbed(byte[] content) throws IOException {
        enqueue(
                content.length,
                () -> Incompressible.is(content)
                        ? encoder.encodeRaw(content, content.length)
                        : encoder.encode(content, content.length));
    }

    private void enqueue(int contentBytes, Callable<EncodedFrame> encoding) throws IOException {
        while (waiting.size() >= inFlight || (!waiting.isEmpty() && waitingBytes + contentBytes > MOST_WAITING_BYTES)) {
            writeFirst();
        }
        FutureTask<EncodedFrame> task = new FutureTask<>(encoding);
        waiting.add(new Waiting(task, contentBytes));
        waitingBytes += contentBytes;
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** Frames that are not written here, but come from elsewhere behind what was; nothing may be waiting. */
    void addCopied(List<Frame> frames) {
        for (Frame frame : frames) {
            written.add(new Frame(position, frame.bytes(), frame.contentBytes(), frame.checksum()));
            position += frame.bytes();
        }
    }

    /** Writes everything that waits; the position in the pack after it. */
    long drain() throws IOException {
        while (!waiting.isEmpty()) {
            writeFirst();
        }
        return position;
    }

    /** Writes a frame that is no zstd frame; nothing may be waiting. */
    void writeSkippable(byte[] frame) throws IOException {
        written.add(new Frame(position, frame.length, 0, (int) Xxh64.of(frame, 0)));
        write(frame, frame.length);
    }

    /** Writes what is no frame of the list. */
    void writeEnd(byte[] bytes) throws IOException {
        write(bytes, bytes.length);
        out.flush();
    }

    List<Frame> frames() {
        return written;
    }

    private void writeFirst() throws IOException {
        Waiting first = waiting.remove();
        first.task.run();
        EncodedFrame frame = result(first.task);
        waitingBytes -= first.contentBytes;
        written.add(new Frame(position, frame.length, frame.contentBytes, frame.checksum()));
        write(frame.bytes, frame.length);
    }

    private void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        position += length;
    }

    private static EncodedFrame result(FutureTask<EncodedFrame> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a frame of a pack was being compressed; write the pack again", e);
        } catch (ExecutionException e) {
            throw new IOException("a frame of a pack could not be compressed: " + e.getCause(), e);
        }
    }
}
