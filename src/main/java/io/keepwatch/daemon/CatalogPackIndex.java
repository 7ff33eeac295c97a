package io.keepwatch.daemon;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogPackReader;
import io.keepwatch.catalog.CatalogPacks;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.ChunkRecord;
import io.keepwatch.catalog.PackNeed;
import io.keepwatch.catalog.PackNumber;
import io.keepwatch.catalog.PackRecord;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.pack.Chunk;
import io.keepwatch.layout.pack.ChunkPlace;
import io.keepwatch.layout.pack.PackFacts;
import io.keepwatch.layout.pack.PackIndex;
import io.keepwatch.layout.pack.PackName;
import io.keepwatch.layout.pack.PackUse;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The catalog as what the pack layout knows between flushes. */
public final class CatalogPackIndex implements PackIndex {
    private final Catalog catalog;
    private final CatalogPacks packs;
    private final CatalogPackReader reader;
    private final CatalogPackPlaces places;

    public CatalogPackIndex(Catalog catalog) {
        this.catalog = catalog;
        this.packs = catalog.packs();
        this.reader = catalog.reader().packs();
        this.places = new CatalogPackPlaces(catalog.reader());
    }

    @Override
    public String epoch() {
        return packs.epoch();
    }

    @Override
    public String nextEpoch() {
        return CatalogPacks.newEpoch();
    }

    @Override
    public CompletionStage<Void> beginEpoch(String epoch) {
        return packs.beginEpoch(epoch);
    }

    @Override
    public CompletionStage<PackName> reserve(int level) {
        return packs.reserve().thenApply(number -> new PackName(level, number.epoch(), number.sequence()));
    }

    @Override
    public CompletionStage<Void> stage(PackFacts pack, List<Chunk> chunks, Map<Sha256, List<Sha256>> segments) {
        return packs.stage(
                record(pack), chunks.stream().map(CatalogPackIndex::record).toList(), segments);
    }

    @Override
    public CompletionStage<Void> stored(PackName pack, Instant at) {
        return packs.stored(pack.text(), at);
    }

    @Override
    public CompletionStage<Void> forget(Collection<PackName> forgotten) {
        return packs.forget(texts(forgotten));
    }

    @Override
    public CompletionStage<Void> locked(PackName pack, Instant until) {
        return packs.locked(pack.text(), until);
    }

    @Override
    public List<PackFacts> staged() {
        return CatalogPackPlaces.facts(reader.staged());
    }

    @Override
    public List<PackFacts> stored() {
        return places.stored();
    }

    @Override
    public List<PackUse> uses() {
        return reader.needs().stream().map(CatalogPackIndex::use).toList();
    }

    @Override
    public List<Chunk> needed(PackName pack) {
        return reader.needed(pack.text()).stream()
                .map(chunk -> new Chunk(chunk.hash(), CatalogPackPlaces.place(chunk)))
                .toList();
    }

    @Override
    public List<StoredVersion> versions(PackName pack) {
        return reader.versions(pack.text()).stream()
                .map(CatalogPackIndex::stored)
                .toList();
    }

    @Override
    public CompletionStage<Boolean> replace(Collection<PackName> old, PackName replacement, Instant at) {
        return packs.replace(texts(old), replacement.text(), at);
    }

    @Override
    public CompletionStage<Void> condemn(Collection<PackName> condemned, Instant at) {
        return packs.condemn(texts(condemned), at);
    }

    @Override
    public List<PackFacts> condemnedBefore(Instant time) {
        return CatalogPackPlaces.facts(reader.condemnedBefore(time));
    }

    @Override
    public Optional<String> remembered(String key) {
        return catalog.reader().setting(key);
    }

    @Override
    public CompletionStage<Void> remember(String key, String value) {
        return catalog.putSetting(key, value);
    }

    @Override
    public Map<Sha256, ChunkPlace> places(Collection<Sha256> chunks) {
        return places.places(chunks);
    }

    @Override
    public List<Sha256> segments(Sha256 content) {
        return places.segments(content);
    }

    private static List<String> texts(Collection<PackName> names) {
        return names.stream().map(PackName::text).toList();
    }

    private static PackRecord record(PackFacts pack) {
        PackName name = pack.name();
        return new PackRecord(
                name.text(),
                name.level(),
                new PackNumber(name.epoch(), name.sequence()),
                pack.bytes(),
                pack.etag(),
                pack.lockedUntil());
    }

    private static ChunkRecord record(Chunk chunk) {
        ChunkPlace place = chunk.place();
        return new ChunkRecord(
                chunk.hash(),
                place.pack().text(),
                place.frameOffset(),
                place.frameBytes(),
                place.innerOffset(),
                place.sizeBytes());
    }

    private static PackUse use(PackNeed need) {
        return new PackUse(
                CatalogPackPlaces.facts(need.pack()),
                need.stored(),
                need.frameBytes(),
                need.neededBytes(),
                need.versions());
    }

    private static StoredVersion stored(CatalogVersion row) {
        return new StoredVersion(row.version(), new Location(row.location().orElse("")));
    }
}
