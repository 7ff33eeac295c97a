package io.keepwatch.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that are paid for as they are read; blocks the reading thread. */
final class LimitedStream extends FilterInputStream {
    private final Bandwidth bandwidth;

    LimitedStream(InputStream in, Bandwidth bandwidth) {
        super(in);
        this.bandwidth = bandwidth;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        if (read >= 0) {
            bandwidth.pay(1);
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, Math.min(length, bandwidth.share()));
        if (read > 0) {
            bandwidth.pay(read);
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
