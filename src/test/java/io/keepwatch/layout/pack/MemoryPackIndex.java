package io.keepwatch.layout.pack;

import io.keepwatch.file.Sha256;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.StoredVersion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pack index in memory, as plain as its contract. What the versions are and which contents they need it asks for at each
 * call: versions may come and go behind its back, as they do in a catalog.
 */
public final class MemoryPackIndex implements PackIndex {
    private enum State {
        STAGED,
        STORED,
        CONDEMNED
    }

    private static final class Pack {
        PackFacts facts;
        final long id;
        final Map<Sha256, ChunkPlace> chunks = new HashMap<>();
        State state = State.STAGED;
        long lineSequence;
        Instant storedAt = Instant.EPOCH;
        Instant condemnedAt = Instant.EPOCH;

        Pack(PackFacts facts, long id) {
            this.facts = facts;
            this.id = id;
        }
    }

    private record Line(StoredVersion version, PackName pack) {}

    private static final AtomicInteger EPOCHS = new AtomicInteger();

    private String epoch;
    private final Supplier<? extends Collection<Sha256>> contents;
    private final Supplier<? extends Collection<StoredVersion>> versions;
    private final Map<String, Pack> packs = new TreeMap<>();
    private final Map<Sha256, List<Sha256>> segments = new HashMap<>();
    private final Map<StoredVersion, PackName> moved = new HashMap<>();
    private final Map<String, String> remembered = new HashMap<>();
    private final Set<Line> seenLines = new HashSet<>();
    private long sequence;
    private long staged;

    /**
     * @param contents the hashes that any version has, whatever its state
     * @param versions those that are stored; the text of their location is the name of a pack
     */
    public MemoryPackIndex(
            String epoch,
            Supplier<? extends Collection<Sha256>> contents,
            Supplier<? extends Collection<StoredVersion>> versions) {
        this.epoch = epoch;
        this.contents = contents;
        this.versions = versions;
    }

    @Override
    public synchronized String epoch() {
        return epoch;
    }

    @Override
    public synchronized String nextEpoch() {
        return String.format("20261126T000000Z-%08d", EPOCHS.incrementAndGet());
    }

    @Override
    public synchronized CompletionStage<Void> beginEpoch(String next) {
        epoch = next;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<PackName> reserve(int level) {
        noticeLines();
        return CompletableFuture.completedFuture(new PackName(level, epoch, ++sequence));
    }

    /** A pack that a version came to point to is needed, even where it was condemned before. */
    private void noticeLines() {
        for (StoredVersion version : versions.get()) {
            Optional<PackName> name = pack(version);
            if (name.isPresent() && seenLines.add(new Line(version, name.get()))) {
                Pack pack = packs.get(name.get().text());
                if (pack != null) {
                    pack.lineSequence = sequence;
                    pack.state = pack.state == State.CONDEMNED ? State.STORED : pack.state;
                }
            }
        }
    }

    private Optional<PackName> pack(StoredVersion version) {
        PackName name = moved.get(version);
        return name == null ? PackName.parse(version.location().text()) : Optional.of(name);
    }

    @Override
    public synchronized CompletionStage<Void> stage(
            PackFacts facts, List<Chunk> chunks, Map<Sha256, List<Sha256>> parts) {
        return write(() -> {
            Pack before = packs.get(facts.name().text());
            if (before != null) {
                require(before.state == State.STAGED, facts.name());
                forget(facts.name());
            }
            Pack pack = new Pack(facts, ++staged);
            packs.put(facts.name().text(), pack);
            for (Chunk chunk : chunks) {
                require(chunk.place().pack().equals(facts.name()), facts.name());
                require(pack.chunks.put(chunk.hash(), chunk.place()) == null, facts.name());
            }
            parts.keySet().stream()
                    .sorted(Comparator.comparing(Sha256::hex))
                    .forEach(content -> putSegments(pack, content, parts.getOrDefault(content, List.of())));
            return null;
        });
    }

    private void putSegments(Pack pack, Sha256 content, List<Sha256> parts) {
        if (!segments(content).isEmpty()) {
            return;
        }
        segments.put(content, List.copyOf(parts));
        List<Sha256> gone = parts.stream()
                .filter(part -> !pack.chunks.containsKey(part))
                .filter(part -> holders(part).noneMatch(other -> other.state == State.STORED))
                .toList();
        for (Sha256 part : gone) {
            holders(part).filter(other -> other.state == State.CONDEMNED).forEach(other -> other.state = State.STORED);
        }
    }

    private Stream<Pack> holders(Sha256 chunk) {
        return packs.values().stream().filter(pack -> pack.chunks.containsKey(chunk));
    }

    @Override
    public synchronized CompletionStage<Void> stored(PackName name, Instant at) {
        return write(() -> {
            store(name, at);
            return null;
        });
    }

    private void store(PackName name, Instant at) {
        Pack pack = living(name);
        if (pack.state == State.STAGED) {
            pack.state = State.STORED;
            pack.storedAt = at;
        }
    }

    private Pack living(PackName name) {
        return Optional.ofNullable(packs.get(name.text()))
                .filter(pack -> pack.state != State.CONDEMNED)
                .orElseThrow(() -> new IllegalStateException("pack " + name.text() + " is neither staged nor stored"));
    }

    @Override
    public synchronized CompletionStage<Void> forget(Collection<PackName> names) {
        return write(() -> {
            names.forEach(this::forget);
            return null;
        });
    }

    private void forget(PackName name) {
        Pack pack = packs.remove(name.text());
        if (pack != null) {
            Predicate<Sha256> gone = part ->
                    pack.chunks.containsKey(part) && holders(part).findAny().isEmpty();
            segments.values().removeIf(parts -> parts.stream().anyMatch(gone));
        }
    }

    @Override
    public synchronized CompletionStage<Void> locked(PackName name, Instant until) {
        return write(() -> {
            Optional.ofNullable(packs.get(name.text()))
                    .filter(pack -> !pack.facts.isLockedAt(until))
                    .ifPresent(pack -> pack.facts = pack.facts.locked(until.truncatedTo(ChronoUnit.SECONDS)));
            return null;
        });
    }

    @Override
    public synchronized List<PackFacts> staged() {
        noticeLines();
        return facts(pack -> pack.state == State.STAGED);
    }

    @Override
    public synchronized List<PackFacts> stored() {
        noticeLines();
        return facts(pack -> pack.state == State.STORED);
    }

    @Override
    public synchronized List<PackFacts> condemnedBefore(Instant time) {
        noticeLines();
        return facts(pack -> pack.state == State.CONDEMNED && !pack.condemnedAt.isAfter(time));
    }

    private List<PackFacts> facts(Predicate<Pack> which) {
        return packs.values().stream().filter(which).map(pack -> pack.facts).toList();
    }

    @Override
    public synchronized List<PackUse> uses() {
        noticeLines();
        Set<Sha256> needed = neededChunks();
        return packs.values().stream()
                .filter(pack -> pack.state == State.STORED)
                .map(pack -> new PackUse(
                        pack.facts,
                        pack.storedAt,
                        frameBytes(pack, chunk -> true),
                        frameBytes(pack, needed::contains),
                        versions(pack.facts.name()).size()))
                .toList();
    }

    private static long frameBytes(Pack pack, Predicate<Sha256> which) {
        Map<Long, Long> frames = new HashMap<>();
        pack.chunks.forEach((hash, place) -> {
            if (which.test(hash)) {
                frames.put(place.frameOffset(), place.frameBytes());
            }
        });
        return frames.values().stream().mapToLong(Long::longValue).sum();
    }

    private Set<Sha256> neededChunks() {
        Set<Sha256> needed = new HashSet<>(contents.get());
        segments.forEach((content, parts) -> {
            if (contents.get().contains(content)) {
                needed.addAll(parts);
            }
        });
        return needed;
    }

    @Override
    public synchronized List<Chunk> needed(PackName name) {
        Pack pack = packs.get(name.text());
        return pack == null ? List.of() : needed(pack);
    }

    private List<Chunk> needed(Pack pack) {
        Set<Sha256> needed = neededChunks();
        return pack.chunks.entrySet().stream()
                .filter(chunk -> needed.contains(chunk.getKey()))
                .map(chunk -> new Chunk(chunk.getKey(), chunk.getValue()))
                .sorted(Comparator.comparing((Chunk chunk) -> chunk.place().frameOffset())
                        .thenComparing(chunk -> chunk.place().innerOffset())
                        .thenComparing(chunk -> chunk.hash().hex()))
                .toList();
    }

    @Override
    public synchronized List<StoredVersion> versions(PackName name) {
        noticeLines();
        return versions.get().stream()
                .filter(version -> pack(version).equals(Optional.of(name)))
                .map(version -> new StoredVersion(version.version(), new Location(name.text())))
                .toList();
    }

    @Override
    public synchronized CompletionStage<Boolean> replace(Collection<PackName> old, PackName replacement, Instant at) {
        return write(() -> {
            Pack successor = living(replacement);
            List<Pack> replaced = packs.values().stream()
                    .filter(pack -> pack.state == State.STORED && pack != successor && old.contains(pack.facts.name()))
                    .toList();
            for (Pack pack : replaced) {
                boolean newLines = pack.lineSequence >= replacement.sequence()
                        && !versions(pack.facts.name()).isEmpty();
                if (newLines || !successor.chunks.keySet().containsAll(hashes(needed(pack)))) {
                    return false;
                }
            }
            store(replacement, at);
            for (StoredVersion version : versions.get()) {
                if (pack(version).filter(old::contains).isPresent()) {
                    moved.put(version, replacement);
                }
            }
            replaced.forEach(pack -> condemn(pack, at));
            noticeLines();
            successor.lineSequence = sequence;
            return true;
        });
    }

    private static Set<Sha256> hashes(List<Chunk> chunks) {
        return chunks.stream().map(Chunk::hash).collect(Collectors.toSet());
    }

    @Override
    public synchronized CompletionStage<Void> condemn(Collection<PackName> names, Instant at) {
        return write(() -> {
            packs.values().stream()
                    .filter(pack -> pack.state == State.STORED && names.contains(pack.facts.name()))
                    .filter(pack -> needed(pack).isEmpty()
                            && versions(pack.facts.name()).isEmpty())
                    .forEach(pack -> condemn(pack, at));
            return null;
        });
    }

    private static void condemn(Pack pack, Instant at) {
        pack.state = State.CONDEMNED;
        pack.condemnedAt = at;
    }

    @Override
    public synchronized Optional<String> remembered(String key) {
        return Optional.ofNullable(remembered.get(key));
    }

    @Override
    public synchronized CompletionStage<Void> remember(String key, String value) {
        remembered.put(key, value);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized Map<Sha256, ChunkPlace> places(Collection<Sha256> chunks) {
        noticeLines();
        Map<Sha256, ChunkPlace> places = new HashMap<>();
        for (Sha256 chunk : chunks) {
            holders(chunk)
                    .filter(pack -> pack.state == State.STORED)
                    .max(Comparator.comparing(pack -> pack.id))
                    .ifPresent(pack -> places.put(chunk, pack.chunks.get(chunk)));
        }
        return places;
    }

    @Override
    public synchronized List<Sha256> segments(Sha256 content) {
        noticeLines();
        List<Sha256> parts = segments.getOrDefault(content, List.of());
        return places(parts).keySet().containsAll(parts) ? parts : List.of();
    }

    private <T> CompletionStage<T> write(Supplier<T> write) {
        noticeLines();
        try {
            return CompletableFuture.completedFuture(write.get());
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void require(boolean condition, PackName pack) {
        if (!condition) {
            throw new IllegalStateException(
                    "pack " + pack.text() + " is not in a state for this, or its chunks are not");
        }
    }
}
