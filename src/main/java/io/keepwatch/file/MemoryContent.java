package io.keepwatch.file;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A small content held in memory. */
public final class MemoryContent implements Content {
    private final byte[] bytes;

    /** Takes the array as it is; the caller no longer changes it. */
    public MemoryContent(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long lengthBytes() {
        return bytes.length;
    }

    @Override
    public InputStream open(long offset) {
        return new ByteArrayInputStream(bytes, Math.toIntExact(offset), Math.toIntExact(bytes.length - offset));
    }
}
