package io.keepwatch.daemon;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.Claim;
import io.keepwatch.catalog.Durable;
import io.keepwatch.catalog.PendingChange;
import io.keepwatch.catalog.State;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.pack.Chunk;
import io.keepwatch.layout.pack.ChunkPlace;
import io.keepwatch.layout.pack.MemoryPackIndex;
import io.keepwatch.layout.pack.PackFacts;
import io.keepwatch.layout.pack.PackIndex;
import io.keepwatch.layout.pack.PackName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A catalog with a few paths and its pack index, beside an index in memory that is told of the same versions. There are
 * eight chunks; contents 0 to 7 are one of them each, 8 to 11 consist of several.
 */
final class PackFixture implements AutoCloseable {
    static final Instant START = Instant.parse("2026-03-01T12:00:00.000000001Z");
    static final int CONTENTS = 12;
    private static final String ROOT = "photos";
    private static final int PATHS = 5;
    private static final List<List<Integer>> SEGMENTS =
            List.of(List.of(0, 1, 0), List.of(2, 3), List.of(3, 4, 5, 6), List.of(7, 7));

    private final Path directory;
    private Catalog catalog;
    private CatalogPackIndex index;
    private final MemoryPackIndex memory;
    private long observed;

    PackFixture(Path directory) {
        this.directory = directory;
        this.catalog = Catalog.open(directory);
        this.index = new CatalogPackIndex(catalog);
        this.memory = new MemoryPackIndex("memory", this::contents, this::versions);
    }

    Catalog catalog() {
        return catalog;
    }

    PackIndex index() {
        return index;
    }

    PackIndex memory() {
        return memory;
    }

    void restart() {
        catalog.close();
        catalog = Catalog.open(directory);
        index = new CatalogPackIndex(catalog);
    }

    void renewEpoch() {
        catalog.packs().renewEpoch().join();
    }

    /** Both indexes reserve, so that their sequences go together. */
    PackName reserve(int level) {
        PackName own = index.reserve(level).toCompletableFuture().join();
        PackName other = memory.reserve(level).toCompletableFuture().join();
        if (own.sequence() != other.sequence() || !own.epoch().equals(index.epoch())) {
            throw new AssertionError(own + " was reserved, where " + other + " was expected");
        }
        return own;
    }

    static Sha256 hash(int number) {
        return Sha256.hash(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
    }

    static Sha256 content(int number) {
        return hash(number % CONTENTS);
    }

    static List<Sha256> hashes(int bits) {
        return IntStream.range(0, 8)
                .filter(number -> (bits >> number & 1) == 1)
                .mapToObj(PackFixture::hash)
                .toList();
    }

    static Map<Sha256, List<Sha256>> segments(int bits) {
        return IntStream.range(0, SEGMENTS.size())
                .filter(number -> (bits >> number & 1) == 1)
                .boxed()
                .collect(Collectors.toMap(
                        number -> content(8 + number),
                        number -> SEGMENTS.get(number).stream()
                                .map(PackFixture::hash)
                                .toList()));
    }

    static PackFacts facts(PackName name, int bits) {
        return new PackFacts(name, 1000 + bits, "md5-" + bits);
    }

    /** Two chunks a frame. */
    static List<Chunk> chunks(PackName name, List<Sha256> hashes) {
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < hashes.size(); i++) {
            int frame = i / 2;
            chunks.add(new Chunk(
                    hashes.get(i), new ChunkPlace(name, 512 + 100L * frame, 100 - frame, 700L * (i % 2), 700)));
        }
        return chunks;
    }

    /** A path changes and its upload begins, unless one is under way. */
    void upload(int pick, Sha256 content) {
        RawPath path = path(pick);
        if (row(path, State.UPLOADING).isEmpty()) {
            FileStat stat = new FileStat(FileType.REGULAR, 700, START, START, 64, pick % PATHS, 1, 0644, 1000, 100, 0);
            FileVersion version = new FileVersion(
                    ROOT,
                    path,
                    START.plusSeconds(++observed),
                    Optional.of(new FileMeta(
                            stat, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty())),
                    Optional.of(content),
                    false);
            catalog.addPending(List.of(new PendingChange(version, false))).join();
            long id = row(path, State.PENDING).orElseThrow().id();
            catalog.markUploading(List.of(new Claim(id, version))).join();
        }
    }

    void finish(int pick, PackName pack, Instant at) {
        row(path(pick), State.UPLOADING)
                .ifPresent(row -> catalog.markDurable(List.of(new Durable(row.id(), pack.text(), at)))
                        .join());
    }

    void giveUp(int pick) {
        row(path(pick), State.UPLOADING)
                .ifPresent(row -> catalog.drop(List.of(row.id())).join());
    }

    private static RawPath path(int pick) {
        return RawPath.of("directory/file-" + pick % PATHS);
    }

    private Optional<CatalogVersion> row(RawPath path, State state) {
        return catalog.reader().versions(ROOT, path).stream()
                .filter(row -> row.state() == state)
                .findFirst();
    }

    private List<CatalogVersion> rows() {
        return IntStream.range(0, PATHS)
                .boxed()
                .flatMap(number -> catalog.reader().versions(ROOT, path(number)).stream())
                .toList();
    }

    private Set<Sha256> contents() {
        return rows().stream().flatMap(row -> row.version().hash().stream()).collect(Collectors.toSet());
    }

    List<StoredVersion> versions() {
        return rows().stream()
                .flatMap(row -> row.location().stream()
                        .map(location -> new StoredVersion(row.version(), new Location(location))))
                .toList();
    }

    /** Contents of versions, and the parts of those that are stored whole. */
    Set<Sha256> neededHashes() {
        Set<Sha256> needed = new HashSet<>(contents());
        contents().forEach(content -> needed.addAll(index.segments(content)));
        return needed;
    }

    /** Of each version whose journal line lies in a stored pack, its path and time. */
    Set<String> storedLines() {
        Set<String> stored =
                index.stored().stream().map(pack -> pack.name().text()).collect(Collectors.toSet());
        return versions().stream()
                .filter(version -> stored.contains(version.location().text()))
                .map(version ->
                        version.version().path() + " " + version.version().observed())
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        catalog.close();
    }
}
