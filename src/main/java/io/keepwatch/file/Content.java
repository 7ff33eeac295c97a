package io.keepwatch.file;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read more than once, each time from the start: an upload that is retried reads again. */
public interface Content {
    long lengthBytes();

    /**
     * Opens the bytes from {@code offset} on; blocks. Gives exactly {@code lengthBytes() - offset} bytes or throws {@link
     * IOException}; never fewer in silence.
     */
    InputStream open(long offset) throws IOException;
}
