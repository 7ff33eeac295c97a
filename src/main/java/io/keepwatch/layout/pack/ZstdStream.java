package io.keepwatch.layout.pack;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Decompresses frames, one after the other, to no more than a limit; what is wrong with them is told in a sentence. */
final class ZstdStream extends FilterInputStream {
    private final String what;
    private final long limitBytes;
    private long count;

    /** Takes over the stream; {@code what} begins the sentence. */
    static ZstdStream open(InputStream frames, long limitBytes, String what) throws IOException {
        return new ZstdStream(
                new ZstdInputStreamNoFinalizer(frames).setLongMax(FrameLimits.WINDOW_LOG), limitBytes, what);
    }

    private ZstdStream(InputStream in, long limitBytes, String what) {
        super(in);
        this.limitBytes = limitBytes;
        this.what = what;
    }

    /** How many bytes were read. */
    long count() {
        return count;
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
        int step;
        try {
            step = super.read(bytes, offset, length);
        } catch (ZstdIOException e) {
            throw new PackFormatException(what + " cannot be decompressed: " + e.getMessage(), e);
        }
        count += Math.max(step, 0);
        if (count > limitBytes) {
            throw new PackFormatException(what + " decompresses to more than the " + limitBytes + " bytes it may hold");
        }
        return step;
    }

    @Override
    public long skip(long wanted) throws IOException {
        byte[] scratch = new byte[(int) Math.min(8 << 10, Math.max(wanted, 0))];
        long done = 0;
        while (done < wanted) {
            int step = read(scratch, 0, (int) Math.min(scratch.length, wanted - done));
            if (step < 0) {
                return done;
            }
            done += step;
        }
        return done;
    }

    /** Skips so many bytes; there must be as many. */
    void skipExactly(long wanted) throws IOException {
        if (skip(wanted) < wanted) {
            throw tooShort();
        }
    }

    /** Fills the array; there must be as many bytes. */
    byte[] readExactly(int length) throws IOException {
        byte[] bytes = readNBytes(length);
        if (bytes.length < length) {
            throw tooShort();
        }
        return bytes;
    }

    /** Reads to the end, which is where a checksum is compared. */
    long drain() throws IOException {
        long all = 0;
        long step;
        do {
            step = skip(1 << 20);
            all += step;
        } while (step > 0);
        return all;
    }

    EOFException tooShort() {
        return new EOFException(what + " ends after " + count + " bytes, too early");
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
