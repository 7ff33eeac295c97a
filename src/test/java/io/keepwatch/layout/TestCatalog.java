package io.keepwatch.layout;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.Content;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Does what a catalog and an uploader do for a layout, in memory: knows what is stored, and makes flushes. */
public final class TestCatalog {
    public static final String ROOT = "home";
    public static final Instant START = Instant.parse("2026-11-24T10:15:30.123456789Z");

    private final StorageLayout layout;
    private final Supplier<StorageLayout> afterLoss;
    private final Map<RawPath, StoredVersion> current = new TreeMap<>();
    private final List<StoredVersion> all = new ArrayList<>();
    private long sequence;
    private Instant now = START;

    public TestCatalog(StorageLayout layout) {
        this(layout, () -> layout);
    }

    /** @param afterLoss the layout over the same bucket on a machine that knows nothing of it */
    public TestCatalog(StorageLayout layout, Supplier<StorageLayout> afterLoss) {
        this.layout = layout;
        this.afterLoss = afterLoss;
    }

    /** A change before it has a hash's source or a predecessor. */
    public record Change(FileVersion version, Optional<Content> content) {}

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static FileStat stat(FileType type, long sizeBytes) {
        Instant modified = Instant.parse("2025-02-03T04:05:06.789012345Z");
        return new FileStat(type, sizeBytes, modified, modified.plusNanos(17), 2049, 1234567, 1, 0644, 1000, 100, 0);
    }

    public static FileMeta meta(FileType type, long sizeBytes) {
        return new FileMeta(
                stat(type, sizeBytes),
                Optional.of("anna"),
                Optional.of("users"),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    public Change file(String path, String content) {
        return file(RawPath.of(path), meta(FileType.REGULAR, utf8(content).length), utf8(content));
    }

    public Change file(RawPath path, FileMeta meta, byte[] content) {
        FileVersion version =
                new FileVersion(ROOT, path, tick(), Optional.of(meta), Optional.of(Sha256.hash(content)), false);
        return new Change(version, Optional.of(new MemoryContent(content)));
    }

    public Change other(String path, FileMeta meta) {
        return new Change(
                new FileVersion(ROOT, RawPath.of(path), tick(), Optional.of(meta), Optional.empty(), false),
                Optional.empty());
    }

    public Change directory(String path) {
        return other(path, meta(FileType.DIRECTORY, 4096));
    }

    public Change symlink(String path, byte[] target) {
        FileMeta plain = meta(FileType.SYMLINK, target.length);
        return other(
                path,
                new FileMeta(
                        plain.stat(),
                        plain.owner(),
                        plain.group(),
                        Optional.of(Bytes.of(target)),
                        List.of(),
                        Optional.empty()));
    }

    public Change deletion(String path) {
        return new Change(FileVersion.deleted(ROOT, RawPath.of(path), tick()), Optional.empty());
    }

    /** A file that is no longer what was hashed. */
    public Change changing(String path) {
        Content broken = new Content() {
            @Override
            public long lengthBytes() {
                return 5;
            }

            @Override
            public InputStream open(long offset) throws IOException {
                throw new IOException("\"" + path + "\" changed while it was read");
            }
        };
        return new Change(file(path, "never").version(), Optional.of(broken));
    }

    public Flush flush(Change... changes) {
        List<PendingVersion> versions = new ArrayList<>();
        for (Change change : changes) {
            Optional<StoredVersion> same = change.version().hash().flatMap(this::withHash);
            Optional<StoredVersion> previous =
                    Optional.ofNullable(current.get(change.version().path()));
            versions.add(new PendingVersion(change.version(), change.content(), previous, same));
        }
        return new Flush(++sequence, tick(), versions);
    }

    public List<StoreOutcome> send(Flush flush) throws Exception {
        return get(layout.store(flush));
    }

    /** Stores a flush and remembers what became durable. */
    public List<StoreOutcome> store(Change... changes) throws Exception {
        Flush flush = flush(changes);
        List<StoreOutcome> outcomes = send(flush);
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof StoreOutcome.Stored stored) {
                StoredVersion version =
                        new StoredVersion(flush.versions().get(i).version(), stored.location());
                current.put(version.version().path(), version);
                all.add(version);
            }
        }
        return outcomes;
    }

    public StoredVersion current(String path) {
        return Optional.ofNullable(current.get(RawPath.of(path))).orElseThrow();
    }

    public List<StoredVersion> live() {
        return current.values().stream()
                .filter(version -> !version.version().isDeletion())
                .toList();
    }

    /** Every version that was stored and not forgotten, deletions among them. */
    public List<StoredVersion> all() {
        return List.copyOf(all);
    }

    /** As a catalog does before the layout removes a version for good. */
    public void forget(StoredVersion version) {
        all.remove(version);
    }

    public List<FileVersion> liveVersions() {
        return live().stream().map(StoredVersion::version).toList();
    }

    /** The newest version of each path that the bucket knows, deletions left out, in path order. */
    public List<FileVersion> rebuilt() throws Exception {
        Map<RawPath, FileVersion> newest = new TreeMap<>();
        listed().stream()
                .map(StoredVersion::version)
                .sorted(Comparator.comparing(FileVersion::observed))
                .forEach(version -> newest.put(version.path(), version));
        return newest.values().stream().filter(version -> !version.isDeletion()).toList();
    }

    public List<StoredVersion> listed() throws Exception {
        List<StoredVersion> found = new ArrayList<>();
        get(afterLoss.get().list(found::add, problem -> {
            throw new AssertionError(problem);
        }));
        return found;
    }

    public byte[] read(StoredVersion version) throws Exception {
        try (InputStream in = get(layout.open(version)).open(0)) {
            return in.readAllBytes();
        }
    }

    private Optional<StoredVersion> withHash(Sha256 hash) {
        return current.values().stream()
                .filter(stored -> stored.version().hash().equals(Optional.of(hash)))
                .findFirst();
    }

    private Instant tick() {
        now = now.plusNanos(1_000_001);
        return now;
    }

    public static <T> T get(java.util.concurrent.CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
