package io.keepwatch.layout.pack;

import io.keepwatch.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Where the bytes of a chunk come from when its pack is rewritten: a local file that still has them, else the bucket. */
final class ContentSource {
    private final LocalContents local;
    private final FrameSource ranges;

    ContentSource(LocalContents local, FrameSource ranges) {
        this.local = local;
        this.ranges = ranges;
    }

    /** Blocks; the hash is compared, whoever gave the bytes. */
    byte[] read(Chunk chunk) throws IOException {
        Optional<byte[]> found = local.find(chunk.hash(), chunk.place().sizeBytes())
                .filter(bytes -> Sha256.hash(bytes).equals(chunk.hash()));
        return found.isPresent() ? found.get() : fromBucket(chunk);
    }

    /** Whether all of these contents can be read without the bucket. Blocks. */
    boolean isLocal(List<MemberEntry> members) {
        return members.stream()
                .allMatch(member -> local.find(member.hash(), member.sizeBytes())
                        .filter(bytes -> Sha256.hash(bytes).equals(member.hash()))
                        .isPresent());
    }

    private byte[] fromBucket(Chunk chunk) throws IOException {
        // What a damaged catalog says of a size must not decide how much is read.
        int limit = PackMember.MAX_BYTES + 1;
        try (InputStream in = new PackedContent(List.of(chunk.place()), ranges).open(0)) {
            byte[] bytes = in.readNBytes(limit);
            if (bytes.length == limit || !Sha256.hash(bytes).equals(chunk.hash())) {
                throw new PackFormatException("pack " + chunk.place().pack().text() + " holds other bytes at "
                        + chunk.place().frameOffset() + " than the catalog says");
            }
            return bytes;
        }
    }
}
