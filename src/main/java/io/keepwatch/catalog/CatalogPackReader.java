package io.keepwatch.catalog;

import io.keepwatch.file.Sha256;
import io.keepwatch.sqlite.own.ReaderPool;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the catalog keeps of packs, for reading; the promises are those of {@link CatalogReader}. Sorted by name. */
public final class CatalogPackReader {
    private final ReaderPool pool;

    CatalogPackReader(ReaderPool pool) {
        this.pool = pool;
    }

    /** The last number that was given to a pack; the sequence is 0 before the first. */
    public PackNumber last() {
        return pool.read(database -> new PackNumber(
                SummaryQueries.setting(database, PackNumbers.EPOCH).orElse(""), PackNumbers.last(database)));
    }

    /** Where each of these chunks is, in the newest stored pack that has it; those that are in none are left out. */
    public Map<Sha256, ChunkRecord> places(Collection<Sha256> chunks) {
        return pool.read(database -> ChunkQueries.places(database, chunks));
    }

    /** The parts of a content, in order; empty where it has none, or where one of them is in no stored pack. */
    public List<Sha256> segments(Sha256 content) {
        return pool.read(database -> ChunkQueries.segments(database, content));
    }

    public List<PackRecord> staged() {
        return pool.read(database -> PackQueries.inState(database, PackState.STAGED));
    }

    /** Without those that are condemned. */
    public List<PackRecord> stored() {
        return pool.read(database -> PackQueries.inState(database, PackState.STORED));
    }

    /** Of each stored pack; some seconds for a million chunks. */
    public List<PackNeed> needs() {
        return pool.read(PackQueries::needs);
    }

    /** The chunks of a pack that any version needs, whatever its state, by their place. */
    public List<ChunkRecord> needed(String pack) {
        return pool.read(database -> ChunkQueries.needed(database, pack));
    }

    /** The versions that have this pack as their location, as they came. */
    public List<CatalogVersion> versions(String pack) {
        return pool.read(database -> PackQueries.versions(database, pack));
    }

    /** Packs that were condemned at that time or earlier. */
    public List<PackRecord> condemnedBefore(Instant time) {
        return pool.read(database -> PackQueries.condemnedBefore(database, time));
    }
}
