package io.keepwatch.layout.pack;

import java.io.IOException;
import java.io.InputStream;

/**
 * The content at a place of a pack, from the bytes of its frames. Gives exactly the bytes of the content, and its end only
 * once the checksums of the frames were right; throws otherwise. What was read before the end may be wrong. Holds one
 * window (16 MiB at most). For one thread.
 */
public final class FrameStream extends InputStream {
    /**
     * @param frames the pack's bytes from {@code frameOffset} on, {@code frameBytes} of them; closed with this stream
     */
    public static InputStream open(InputStream frames, ChunkPlace place) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read() throws IOException {
        throw new UnsupportedOperationException();
    }
}
