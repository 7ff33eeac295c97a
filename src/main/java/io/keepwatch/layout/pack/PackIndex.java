package io.keepwatch.layout.pack;

import io.keepwatch.file.Sha256;
import io.keepwatch.layout.StoredVersion;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the layout has to know between flushes, kept in the catalog. A pack is <em>staged</em> before its first byte leaves,
 * <em>stored</em> once the store has acknowledged it, and <em>condemned</em> when nothing needs it any more; its object is
 * deleted some time later. Reads block; writes complete after their commit. Any thread.
 */
public interface PackIndex extends PackPlaces {
    /** The epoch of this catalog: made with it, and anew when it is rebuilt. */
    String epoch();

    /** What a next epoch of this catalog would be: differs from all others. It does not have it yet. */
    String nextEpoch();

    /** Gives the catalog this epoch; names that were reserved before keep theirs. */
    CompletionStage<Void> beginEpoch(String epoch);

    /** Reserves a name that was never used before. */
    CompletionStage<PackName> reserve(int level);

    /**
     * Records what a pack holds, before it is sent. Its chunks cannot be found until it is stored. {@code segments} gives
     * the parts of each content that is stored in segments with this pack, wherever those parts are.
     */
    CompletionStage<Void> stage(PackFacts pack, List<Chunk> chunks, Map<Sha256, List<Sha256>> segments);

    /** A staged pack is in the bucket; from here on its chunks are found. */
    CompletionStage<Void> stored(PackName pack, Instant at);

    /** A pack is not in the bucket, or no longer: it and its chunks are forgotten. */
    CompletionStage<Void> forget(Collection<PackName> packs);

    /** The object of a pack cannot be removed before that time, in whole seconds; an earlier one changes nothing. */
    CompletionStage<Void> locked(PackName pack, Instant until);

    /** Packs of which a crash or a lost answer leaves open whether they are in the bucket. */
    List<PackFacts> staged();

    /** How much of each stored pack is still needed. */
    List<PackUse> uses();

    /** The chunks of a pack that a version still needs, by their place. */
    List<Chunk> needed(PackName pack);

    /** The versions whose journal line lies in this pack. */
    List<StoredVersion> versions(PackName pack);

    /**
     * In one transaction: a staged pack becomes stored, the versions whose journal lines lay in the old packs point to it,
     * and the old packs are condemned. False, and nothing done, where a version came to need something of an old pack that
     * the new one does not hold, or its journal line came to lie in one after the new one's name was reserved. So the name
     * is reserved before {@link #versions} are asked for.
     */
    CompletionStage<Boolean> replace(Collection<PackName> old, PackName replacement, Instant at);

    /** Condemns packs of which nothing is needed; those that are needed after all are left as they are. */
    CompletionStage<Void> condemn(Collection<PackName> packs, Instant at);

    /** Packs that were condemned by that time. */
    List<PackFacts> condemnedBefore(Instant time);

    /** What was remembered under this key, if anything. */
    Optional<String> remembered(String key);

    /** Remembers a text, in the place of an earlier one under the same key. */
    CompletionStage<Void> remember(String key, String value);
}
