package io.keepwatch.layout.pack;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Cuts a long stream into frames of equal content size. */
final class FrameCutter extends OutputStream {
    private static final int FRAME = 4 << 20;

    private final FrameQueue queue;
    private byte[] buffer = new byte[8 << 10];
    private int length;

    FrameCutter(FrameQueue queue) {
        this.queue = queue;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int from = offset;
        int left = count;
        while (left > 0) {
            int step = Math.min(left, FRAME - length);
            if (length + step > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(FRAME, Math.max(2 * buffer.length, length + step)));
            }
            System.arraycopy(bytes, from, buffer, length, step);
            length += step;
            from += step;
            left -= step;
            if (length == FRAME) {
                cut();
            }
        }
    }

    /** Makes a frame of what is left. */
    @Override
    public void close() throws IOException {
        if (length > 0) {
            cut();
        }
    }

    private void cut() throws IOException {
        queue.add(Arrays.copyOf(buffer, length));
        length = 0;
    }
}
