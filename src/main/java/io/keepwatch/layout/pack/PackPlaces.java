package io.keepwatch.layout.pack;

import io.keepwatch.file.Sha256;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the catalog knows of the packs, for reading. Any thread; blocks. */
public interface PackPlaces {
    /** The place of each of these chunks in a pack that is known to be stored; those that are nowhere are left out. */
    Map<Sha256, ChunkPlace> places(Collection<Sha256> chunks);

    /** The chunks of a content that is stored in segments, in order; empty where it is one chunk, or not stored. */
    List<Sha256> segments(Sha256 content);

    /** Every pack that is stored, condemned ones left out, in the order of their names. */
    List<PackFacts> stored();
}
