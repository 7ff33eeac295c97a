package io.keepwatch.layout.pack;

import io.keepwatch.file.Content;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the content of a version by its hash. Any thread; blocks for the catalog, and asks the store nothing. */
final class PackReader {
    private final PackPlaces places;
    private final FrameSource source;

    PackReader(PackPlaces places, FrameSource source) {
        this.places = places;
        this.source = source;
    }

    Content open(StoredVersion stored) {
        FileVersion version = stored.version();
        if (KnownContents.sizeBytes(version) == 0) {
            return new MemoryContent(new byte[0]);
        }
        Sha256 hash = version.hash().orElseThrow();
        List<Sha256> chunks = List.of(hash);
        Map<Sha256, ChunkPlace> found = places.places(chunks);
        if (found.isEmpty()) {
            List<Sha256> segments = places.segments(hash);
            chunks = segments.isEmpty() ? chunks : segments;
            found = places.places(chunks);
        }
        List<ChunkPlace> parts = new ArrayList<>(chunks.size());
        for (Sha256 chunk : chunks) {
            ChunkPlace place = found.get(chunk);
            if (place == null) {
                throw new StoreException.Permanent(
                        "the content of \"" + version.path() + "\" as of " + version.observed() + " (SHA-256 " + hash
                                + ") is in no pack that the catalog knows: its time in `store.retention` is over, or its"
                                + " pack is missing, which `keepwatch verify` tells",
                        null);
            }
            parts.add(place);
        }
        return new PackedContent(parts, source);
    }

    /** Which of these contents no pack holds. */
    static boolean isStored(FileVersion version, PackPlaces places, Map<Sha256, ChunkPlace> found) {
        if (KnownContents.sizeBytes(version) == 0) {
            return true;
        }
        Sha256 hash = version.hash().orElseThrow();
        List<Sha256> chunks = found.containsKey(hash) ? List.of() : places.segments(hash);
        return found.containsKey(hash)
                || (!chunks.isEmpty() && places.places(chunks).keySet().containsAll(chunks));
    }
}
