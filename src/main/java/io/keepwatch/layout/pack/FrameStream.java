package io.keepwatch.layout.pack;

import java.io.IOException;
import java.io.InputStream;

/**
 * The content at a place of a pack, from the bytes of its frames. Gives exactly the bytes of the content, and its end only
 * once the checksums of the frames were right; throws otherwise. What was read before the end may be wrong. Holds one
 * window (16 MiB at most). For one thread.
 */
public final class FrameStream extends InputStream {
    private final ZstdStream frames;
    private long left;
    private boolean ended;

    /**
     * Takes over the stream, which is closed with this one.
     *
     * @param frames the pack's bytes from {@code frameOffset} on; no more than {@code frameBytes} of them are read
     */
    public static InputStream open(InputStream frames, ChunkPlace place) throws IOException {
        String what =
                "frame at " + place.frameOffset() + " of pack " + place.pack().text();
        if (place.innerOffset() < 0 || place.sizeBytes() < 0 || place.innerOffset() > FrameLimits.CONTENT_BYTES) {
            throw new PackFormatException(what + " is said to hold " + place.sizeBytes() + " bytes of content at "
                    + place.innerOffset() + ", which no frame does");
        }
        long limit = place.innerOffset() + place.sizeBytes() + FrameLimits.CONTENT_BYTES;
        ZstdStream content = ZstdStream.open(new ExactStream(frames, place.frameBytes(), what), limit, what);
        try {
            content.skipExactly(place.innerOffset());
        } catch (IOException e) {
            content.close();
            throw e;
        }
        return new FrameStream(content, place.sizeBytes());
    }

    private FrameStream(ZstdStream frames, long sizeBytes) {
        this.frames = frames;
        this.left = sizeBytes;
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
        if (left == 0) {
            if (!ended) {
                frames.drain();
                ended = true;
            }
            return -1;
        }
        int step = frames.read(bytes, offset, (int) Math.min(length, left));
        if (step < 0) {
            throw frames.tooShort();
        }
        left -= step;
        return step;
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}
