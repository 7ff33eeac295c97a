package io.keepwatch.layout.pack;

import io.keepwatch.file.FileVersion;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.VerifyRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks in the catalog, without a request, whether every version's content lies in a pack. One thread; blocks. */
final class ContentCheck {
    private static final int BATCH = 1_000;

    private final PackPlaces places;
    private final VerifyRequest request;
    private final Set<PackName> lost;
    private final List<StoredVersion> batch = new ArrayList<>();
    private long missing;

    /** @param lost packs of which it is known that they cannot be read; versions in them are named */
    ContentCheck(PackPlaces places, VerifyRequest request, Set<PackName> lost) {
        this.places = places;
        this.request = request;
        this.lost = lost;
    }

    /** The number of versions whose content is in no pack; each is a problem. */
    long run() {
        request.expected().forEach(version -> {
            if (!version.version().isDeletion()) {
                batch.add(version);
            }
            if (batch.size() == BATCH) {
                compareBatch();
            }
        });
        compareBatch();
        return missing;
    }

    private void compareBatch() {
        List<Sha256> hashes = batch.stream()
                .flatMap(stored -> stored.version().hash().stream())
                .toList();
        Map<Sha256, ChunkPlace> found = places.places(hashes);
        for (StoredVersion stored : batch) {
            FileVersion version = stored.version();
            if (!PackReader.isStored(version, places, found)) {
                missing++;
                request.problem()
                        .accept("\"" + version.root() + ": " + version.path()
                                + "\" is missing: its content is in no pack");
            } else {
                version.hash()
                        .map(found::get)
                        .map(ChunkPlace::pack)
                        .filter(lost::contains)
                        .ifPresent(pack -> request.problem()
                                .accept("\"" + version.root() + ": " + version.path() + "\" has its content in pack "
                                        + pack.text()));
            }
        }
        batch.clear();
    }
}
