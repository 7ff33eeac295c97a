package io.keepwatch.layout.pack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/** The tar bytes of a pack from its start, with the frame and the offset they come from. Holds one frame. */
final class ArchiveBytes {
    private final InputStream pack;
    private final List<Frame> frames;
    private final String what;
    private int frame = -1;
    private byte[] content = new byte[0];
    private int offset;

    /** Reads the stream from the start of the pack on. */
    ArchiveBytes(InputStream pack, List<Frame> frames, String what) {
        this.pack = pack;
        this.frames = frames;
        this.what = what;
    }

    /** The frame that holds the next byte. */
    int frame() throws IOException {
        fill();
        return frame;
    }

    /** Where in the frame the next byte is. */
    int offset() throws IOException {
        fill();
        return offset;
    }

    byte[] read(long length) throws IOException {
        if (length > FrameLimits.CONTENT_BYTES) {
            throw new PackFormatException(what + " has a member of " + length + " bytes, more than any pack holds");
        }
        byte[] bytes = new byte[(int) length];
        int done = 0;
        while (done < bytes.length) {
            fill();
            int step = Math.min(bytes.length - done, content.length - offset);
            System.arraycopy(content, offset, bytes, done, step);
            offset += step;
            done += step;
        }
        return bytes;
    }

    void skip(long length) throws IOException {
        for (long left = length; left > 0; left -= FrameLimits.CONTENT_BYTES) {
            read(Math.min(left, FrameLimits.CONTENT_BYTES));
        }
    }

    /** Whether all frames but that of the table of contents were read. */
    boolean atEnd() {
        return offset == content.length && frame == frames.size() - 2;
    }

    private void fill() throws IOException {
        while (offset == content.length) {
            if (frame == frames.size() - 2) {
                throw new PackFormatException(what + " has a tar archive that is longer than its frames");
            }
            frame++;
            content = decode(frames.get(frame), what + ", frame " + frame);
            offset = 0;
        }
    }

    private byte[] decode(Frame next, String name) throws IOException {
        if (next.bytes() > FrameLimits.FRAME_BYTES || next.contentBytes() > FrameLimits.CONTENT_BYTES) {
            throw new PackFormatException(name + ", is larger than a frame may be");
        }
        byte[] bytes = pack.readNBytes((int) next.bytes());
        if (bytes.length != next.bytes()) {
            throw new PackFormatException(name + ", is cut off");
        }
        try (ZstdStream in = ZstdStream.open(new ByteArrayInputStream(bytes), next.contentBytes(), name)) {
            byte[] decoded = in.readExactly((int) next.contentBytes());
            in.drain();
            if ((int) Xxh64.of(decoded, decoded.length) != next.checksum()) {
                throw new PackFormatException(name + ", has not the checksum that the seek table says");
            }
            return decoded;
        }
    }

    static boolean isZero(byte[] bytes) {
        return Arrays.equals(bytes, new byte[bytes.length]);
    }
}
