package io.keepwatch.layout.pack;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.Sha256;
import io.keepwatch.store.ComposeObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the frames of old packs that a new one takes by a copy within the bucket, instead of a download and an upload.
 *
 * <p>What is copied never comes down, so its hash is not compared. It is what was hashed all the same: the copy asks for the
 * ETag that the store answered when the old pack was written, a name is never used for a second pack, so that nothing else
 * can lie under it even where a server ignores that condition, and every frame keeps the checksum of its content, in itself
 * and in the seek table. A frame that was damaged in the old pack is damaged in the new one: the next read of it fails, and
 * {@code verify --read-data} compares the hash of each member. Blocks.
 */
final class FrameCopies {
    private static final Logger LOG = LoggerFactory.getLogger(FrameCopies.class);
    /** The end of a pack with large contents is some kilobytes long; more would be paid for. */
    private static final long TAIL_GUESS = 16L << 10;

    private final PackIndex index;
    private final ContentSource contents;
    private final TailReader tails;

    FrameCopies(PackIndex index, ContentSource contents, TailReader tails) {
        this.index = index;
        this.contents = contents;
        this.tails = tails;
    }

    /** A GET for each pack that holds enough; no content and no name comes twice. Without what lies on this machine. */
    List<FrameRun> of(Collection<PackName> old) {
        Map<PackName, PackFacts> facts = new HashMap<>();
        index.stored().forEach(pack -> facts.put(pack.name(), pack));
        List<FrameRun> runs = new ArrayList<>();
        Set<Sha256> taken = new HashSet<>();
        Set<Bytes> names = new HashSet<>();
        for (PackName name : old) {
            Set<Sha256> needed = worthwhile(name);
            Optional<PackFacts> pack = Optional.ofNullable(facts.get(name)).filter(found -> !needed.isEmpty());
            for (FrameRun run :
                    pack.map(found -> runs(found, needed, taken, names)).orElse(List.of())) {
                if (isWorthwhile(run, runs) && !contents.isLocal(run.members())) {
                    runs.add(run);
                    run.members().forEach(member -> {
                        taken.add(member.hash());
                        names.add(member.name());
                    });
                }
            }
        }
        return runs;
    }

    /** What is needed of a pack; nothing where even all of it is too little for a copy. */
    private Set<Sha256> worthwhile(PackName name) {
        List<Chunk> needed = index.needed(name);
        Map<Long, Long> frames = needed.stream()
                .map(Chunk::place)
                .collect(Collectors.toMap(ChunkPlace::frameOffset, ChunkPlace::frameBytes, (a, b) -> a));
        return frames.values().stream().mapToLong(Long::longValue).sum() <= ComposeObject.LEAST_PART_BYTES
                ? Set.of()
                : needed.stream().map(Chunk::hash).collect(Collectors.toSet());
    }

    private List<FrameRun> runs(PackFacts pack, Set<Sha256> needed, Set<Sha256> taken, Set<Bytes> names) {
        try {
            return FrameRun.of(
                    pack,
                    tails.read(pack.name(), pack.bytes(), TAIL_GUESS),
                    member -> needed.contains(member.hash())
                            && !taken.contains(member.hash())
                            && !names.contains(member.name()));
        } catch (IOException e) {
            LOG.debug("the end of pack {} was not read, so nothing of it is copied: {}", pack.name(), e.getMessage());
            return List.of();
        }
    }

    /** Bytes before a range that are too few for a part of their own get the beginning of the range, which is read then. */
    private static boolean isWorthwhile(FrameRun run, List<FrameRun> before) {
        boolean bytesBefore = run.lacksHeader()
                || (!before.isEmpty() && before.get(before.size() - 1).paddingAfter() > 0);
        return run.lengthBytes() > (bytesBefore ? 2 : 1) * ComposeObject.LEAST_PART_BYTES;
    }
}
