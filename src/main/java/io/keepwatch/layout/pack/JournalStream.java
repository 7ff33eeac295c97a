package io.keepwatch.layout.pack;

import io.keepwatch.file.Bytes;
import java.io.FilterInputStream;
import java.io.IOException;

/** The text of a journal, out of the frames with its tar member. */
final class JournalStream extends FilterInputStream {
    private final ZstdStream frames;
    private final String what;
    private final long sizeBytes;
    private long left;

    /** Takes over the stream and reads the header. {@code archiveBytes} is what the frames decompress to. */
    JournalStream(ZstdStream frames, Bytes name, long archiveBytes, String what) throws IOException {
        super(frames);
        this.frames = frames;
        this.what = what;
        TarEntry entry = TarEntry.parse(frames.readExactly(TarHeader.BLOCK), what);
        if (!entry.isFile() || !entry.name().equals(name)) {
            throw new PackFormatException(
                    what + " should be the member \"" + name + "\" but is \"" + entry.name() + "\"");
        }
        this.sizeBytes = entry.sizeBytes();
        this.left = sizeBytes;
        if (TarHeader.BLOCK + sizeBytes + TarHeader.padding(sizeBytes) != archiveBytes) {
            throw new PackFormatException(
                    what + " has " + sizeBytes + " bytes, which do not fill its frames of " + archiveBytes);
        }
    }

    /** How many bytes were read. */
    long position() {
        return sizeBytes - left;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0 || length == 0) {
            return left == 0 ? -1 : 0;
        }
        int step = frames.read(bytes, offset, (int) Math.min(length, left));
        if (step < 0) {
            throw frames.tooShort();
        }
        left -= step;
        return step;
    }

    /** Nothing but the padding may follow, and the checksums must be right. */
    void expectEnd() throws IOException {
        long after = frames.drain();
        if (left != 0 || after != TarHeader.padding(sizeBytes)) {
            throw new PackFormatException(what + " is followed by " + after + " bytes, which are not its padding");
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
