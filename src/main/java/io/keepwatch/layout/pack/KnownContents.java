package io.keepwatch.layout.pack;

import io.keepwatch.file.FileVersion;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.PendingVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which contents of a flush are stored already: before it began, or in one of its own packs. For one thread. */
final class KnownContents {
    private final PackPlaces places;
    private final Map<Sha256, ChunkPlace> chunks;
    private final Map<Sha256, Optional<ContentReference>> large = new HashMap<>();

    KnownContents(PackPlaces places, List<PendingVersion> versions) {
        this.places = places;
        this.chunks = new HashMap<>(places.places(versions.stream()
                .map(PendingVersion::version)
                .filter(version -> sizeBytes(version) > 0 && sizeBytes(version) <= PackMember.MAX_BYTES)
                .flatMap(version -> version.hash().stream())
                .distinct()
                .toList()));
    }

    static long sizeBytes(FileVersion version) {
        return version.hasContent()
                ? version.meta().map(meta -> meta.stat().sizeBytes()).orElse(0L)
                : 0;
    }

    boolean isNew(FileVersion version) {
        return reference(version).isEmpty();
    }

    /** Where the content is; none where there is nothing to store; empty where it has to be stored. */
    Optional<ContentReference> reference(FileVersion version) {
        long size = sizeBytes(version);
        if (size == 0) {
            return Optional.of(new ContentReference.None());
        }
        Sha256 hash = version.hash().orElseThrow();
        return size > PackMember.MAX_BYTES
                ? large.computeIfAbsent(hash, this::segments)
                : Optional.ofNullable(chunks.get(hash)).map(ContentReference.Elsewhere::new);
    }

    private Optional<ContentReference> segments(Sha256 content) {
        List<Sha256> parts = places.segments(content);
        Map<Sha256, ChunkPlace> found = places.places(parts);
        List<Segment> segments = new ArrayList<>(parts.size());
        for (Sha256 part : parts) {
            ChunkPlace place = found.get(part);
            if (place == null) {
                return Optional.empty();
            }
            segments.add(new Segment(part, place.sizeBytes()));
        }
        return segments.isEmpty() ? Optional.empty() : Optional.of(new ContentReference.Segments(segments));
    }

    boolean hasSegment(Sha256 segment) {
        return chunks.containsKey(segment) || !places.places(List.of(segment)).isEmpty();
    }

    /** A pack of this flush was written. Should it not be stored, the flush ends, and nothing that names it is sent. */
    void written(List<Chunk> pack) {
        pack.forEach(chunk -> chunks.put(chunk.hash(), chunk.place()));
    }
}
