package io.keepwatch.layout.pack;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream, exactly so many: fewer are an error, more are not read. */
final class ExactStream extends FilterInputStream {
    private final String what;
    private long left;

    ExactStream(InputStream in, long bytes, String what) {
        super(in);
        this.left = bytes;
        this.what = what;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left <= 0) {
            return -1;
        }
        int step = super.read(bytes, offset, (int) Math.min(length, left));
        if (step < 0) {
            throw new EOFException(what + " was cut off: " + left + " bytes of it did not come");
        }
        left -= step;
        return step;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long step = super.skip(Math.min(wanted, left));
        left -= step;
        return step;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
