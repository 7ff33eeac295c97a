package io.keepwatch.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Bytes that can be read more than once, each time from the start: an upload that is retried reads again. */
public interface Content {
    long lengthBytes();

    /**
     * Opens the bytes from {@code offset} on; blocks. Gives exactly {@code lengthBytes() - offset} bytes or throws {@link
     * IOException}; never fewer in silence.
     */
    InputStream open(long offset) throws IOException;

    /** The hashes of the segments of a large content, where they are known ({@link SegmentHashes}); else none. */
    default List<Sha256> segments() {
        return List.of();
    }
}
