package io.keepwatch.layout.pack;

import io.keepwatch.file.Content;
import io.keepwatch.file.ContentChangedException;
import io.keepwatch.file.SegmentHashes;
import io.keepwatch.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file that is being cut into segments. They lie at fixed places, so that a change in the middle and an append touch only
 * the segments around them. Where their hashes are known from when the file was hashed, only those that are stored nowhere are
 * read. One file may go on in the next pack. For one thread.
 */
final class LargeFile implements AutoCloseable {
    private final Content content;
    private final int segmentBytes;
    private final List<Sha256> hashes;
    private final List<Segment> parts = new ArrayList<>();
    /** At {@code position}; none before the first read, and after a segment was passed over. */
    private Optional<InputStream> in = Optional.empty();

    private long position;
    private long newBytes;

    LargeFile(Content content) {
        this.content = content;
        this.segmentBytes = SegmentHashes.segmentBytes(content.lengthBytes());
        this.hashes = content.segments();
    }

    boolean isAtEnd() {
        return position == content.lengthBytes();
    }

    /** The next segment as it was when the file was hashed; empty where that is not known. */
    Optional<Segment> known() {
        return parts.size() < hashes.size()
                ? Optional.of(new Segment(hashes.get(parts.size()), nextBytes()))
                : Optional.empty();
    }

    private int nextBytes() {
        return (int) Math.min(segmentBytes, content.lengthBytes() - position);
    }

    /** It is stored already and need not be read. */
    void pass(Segment stored) throws IOException {
        close();
        position += stored.sizeBytes();
        parts.add(stored);
    }

    /** Reads the next segment. Throws where the file is no longer what was hashed. */
    byte[] next() throws IOException {
        if (in.isEmpty()) {
            in = Optional.of(content.open(position));
        }
        Optional<Segment> expected = known();
        byte[] bytes = in.get().readNBytes(nextBytes());
        if (expected.isPresent() && !Sha256.hash(bytes).equals(expected.get().hash())) {
            throw new ContentChangedException(
                    "segment at byte " + position, "has other bytes than when the file was hashed");
        }
        position += bytes.length;
        return bytes;
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
        if (in.isPresent()) {
            in.get().close();
            in = Optional.empty();
        }
    }
}
