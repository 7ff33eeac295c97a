package io.keepwatch.layout.pack;

import java.io.OutputStream;

/** Counts what is written and keeps none of it. */
final class ByteCount extends OutputStream {
    private long bytes;

    long bytes() {
        return bytes;
    }

    @Override
    public void write(int b) {
        bytes++;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        bytes += count;
    }
}
