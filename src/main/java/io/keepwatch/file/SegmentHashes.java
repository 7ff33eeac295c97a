package io.keepwatch.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The hashes of a large content's segments, which lie at fixed places, so that a change in the middle and an append touch only
 * those around them. Taken while the whole is hashed, they tell which segments have to be read again to be stored.
 */
public final class SegmentHashes {
    /** A content beyond this size has segments. */
    public static final long LARGE_BYTES = 16L << 20;

    private static final int SEGMENT_BYTES = 1 << 20;
    private static final int SEGMENT_BYTES_OF_GIANTS = 8 << 20;
    private static final long GIANT_BYTES = 8L << 30;

    private final int segmentBytes;
    private final MessageDigest digest = Sha256.newDigest();
    private final List<Sha256> hashes = new ArrayList<>();
    private int length;

    SegmentHashes(long contentBytes) {
        this.segmentBytes = segmentBytes(contentBytes);
    }

    /** The size of each segment but the last one of a content of this size. */
    public static int segmentBytes(long contentBytes) {
        return contentBytes > GIANT_BYTES ? SEGMENT_BYTES_OF_GIANTS : SEGMENT_BYTES;
    }

    void update(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            ByteBuffer part = bytes.slice();
            part.limit(Math.min(part.remaining(), segmentBytes - length));
            length += part.remaining();
            bytes.position(bytes.position() + part.remaining());
            digest.update(part);
            if (length == segmentBytes) {
                cut();
            }
        }
    }

    /** Of all segments, in order. */
    List<Sha256> finish() {
        if (length > 0) {
            cut();
        }
        return List.copyOf(hashes);
    }

    private void cut() {
        hashes.add(Sha256.of(digest.digest()));
        length = 0;
    }
}
