package io.keepwatch.layout.pack;

import io.keepwatch.file.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that is being cut into segments. They lie at fixed places, so that a change in the middle and an append touch only
 * the segments around them. One file may go on in the next pack. For one thread.
 */
final class LargeFile implements AutoCloseable {
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final int SEGMENT_BYTES_OF_GIANTS = 8 << 20;
    private static final long GIANT_BYTES = 8L << 30;

    private final InputStream in;
    private final int segmentBytes;
    private final List<Segment> parts = new ArrayList<>();
    private long newBytes;

    LargeFile(Content content) throws IOException {
        this.in = content.open(0);
        this.segmentBytes = content.lengthBytes() > GIANT_BYTES ? SEGMENT_BYTES_OF_GIANTS : SEGMENT_BYTES;
    }

    /** Empty at the end. Throws where the file is no longer what was hashed. */
    byte[] next() throws IOException {
        return in.readNBytes(segmentBytes);
    }

    void add(Segment part, boolean isNew) {
        parts.add(part);
        newBytes += isNew ? part.sizeBytes() : 0;
    }

    List<Segment> parts() {
        return List.copyOf(parts);
    }

    /** Of segments that were stored nowhere before. */
    long newBytes() {
        return newBytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
