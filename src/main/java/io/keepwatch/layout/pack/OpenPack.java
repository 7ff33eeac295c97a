package io.keepwatch.layout.pack;

import io.keepwatch.file.FileVersion;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.Sha256;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pack that is being filled. For one thread. */
final class OpenPack {
    /** A pack stays below what is sent in one PUT, the frames that are still being compressed included. */
    private static final long FULL_BYTES = 62L << 20;

    private final PackWriter writer;
    private final MeteredOutput out;
    private final int framesInFlight;
    private final Map<Sha256, Integer> members = new HashMap<>();
    private final Deque<Integer> recent = new ArrayDeque<>();
    private long recentBytes;

    OpenPack(PackWriter writer, MeteredOutput out, PackOptions options) {
        this.writer = writer;
        this.out = out;
        this.framesInFlight = options.framesInFlight();
    }

    boolean isFull() {
        long waiting = Math.min(recentBytes, FrameQueue.MOST_WAITING_BYTES);
        return out.bytes() + waiting > FULL_BYTES - PackMember.MAX_BYTES;
    }

    Optional<ContentReference> find(Sha256 content) {
        return Optional.ofNullable(members.get(content)).map(ContentReference.InThisPack::new);
    }

    ContentReference addFile(FileVersion version, byte[] content) throws IOException {
        return new ContentReference.InThisPack(
                add(PackMember.file(version, new MemoryContent(content)), content.length));
    }

    void addSegment(Sha256 hash, byte[] content) throws IOException {
        add(PackMember.segment(hash, new MemoryContent(content)), content.length);
    }

    private int add(PackMember member, int bytes) throws IOException {
        int number = writer.add(member);
        members.put(member.hash(), number);
        recent.add(bytes);
        recentBytes += bytes;
        if (recent.size() > framesInFlight + 1) {
            recentBytes -= recent.remove();
        }
        return number;
    }

    PackSummary finish(List<JournalLine> lines) throws IOException {
        return writer.finish(lines);
    }
}
