package io.keepwatch.daemon;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.ChunkRecord;
import io.keepwatch.catalog.PackRecord;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.pack.ChunkPlace;
import io.keepwatch.layout.pack.PackFacts;
import io.keepwatch.layout.pack.PackName;
import io.keepwatch.layout.pack.PackPlaces;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds contents in packs by the catalog. */
public final class CatalogPackPlaces implements PackPlaces {
    private final CatalogReader catalog;

    public CatalogPackPlaces(CatalogReader catalog) {
        this.catalog = catalog;
    }

    @Override
    public Map<Sha256, ChunkPlace> places(Collection<Sha256> chunks) {
        Map<Sha256, ChunkPlace> places = new HashMap<>();
        catalog.packs().places(chunks).forEach((hash, chunk) -> places.put(hash, place(chunk)));
        return places;
    }

    @Override
    public List<Sha256> segments(Sha256 content) {
        return catalog.packs().segments(content);
    }

    @Override
    public List<PackFacts> stored() {
        return facts(catalog.packs().stored());
    }

    static List<PackFacts> facts(List<PackRecord> records) {
        return records.stream().map(CatalogPackPlaces::facts).toList();
    }

    static PackFacts facts(PackRecord pack) {
        return new PackFacts(name(pack.name()), pack.bytes(), pack.etag(), pack.lockedUntil());
    }

    static ChunkPlace place(ChunkRecord chunk) {
        return new ChunkPlace(
                name(chunk.pack()), chunk.frameOffset(), chunk.frameBytes(), chunk.innerOffset(), chunk.sizeBytes());
    }

    static PackName name(String text) {
        return PackName.parse(text)
                .orElseThrow(() -> new IllegalStateException("\"" + text + "\" in the catalog is no pack's name"));
    }
}
