package io.keepwatch.backup.restore;

import io.keepwatch.file.Content;
import io.keepwatch.file.FileHasher;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.RootDirectory;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.Flush;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StoreOutcome;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.VerifyReport;
import io.keepwatch.layout.VerifyRequest;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Versions and their contents in memory: a catalog and a layout for tests of restoring. */
public final class MemoryBackup implements VersionSource, StorageLayout {
    private final Map<String, Map<RawPath, FileVersion>> roots = new HashMap<>();
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final AtomicInteger opened = new AtomicInteger();
    private int failuresLeft;

    /** Backs up a whole directory under a root's name. */
    public static MemoryBackup of(String root, Path directory) throws IOException {
        MemoryBackup backup = new MemoryBackup();
        backup.add(root, directory);
        return backup;
    }

    void add(String root, Path directory) throws IOException {
        visit(root, new RootDirectory(directory.toRealPath()), RawPath.ROOT, new HashMap<>());
    }

    private void visit(String root, RootDirectory tree, RawPath path, Map<Long, RawPath> leaders) throws IOException {
        FileMeta meta = tree.meta(path);
        if (meta.stat().type() != FileType.DIRECTORY && meta.stat().links() > 1) {
            RawPath leader = leaders.putIfAbsent(meta.stat().inode(), path);
            meta = leader == null ? meta : meta.withHardLinkLeader(leader);
        }
        byte[] bytes = null;
        if (meta.stat().type() == FileType.REGULAR) {
            try (InputStream in = new FileHasher(tree).hash(path).content().open(0)) {
                bytes = in.readAllBytes();
            }
        }
        put(root, path, meta, Optional.ofNullable(bytes));
        if (meta.stat().type() == FileType.DIRECTORY) {
            for (byte[] name : tree.names(path)) {
                visit(root, tree, path.child(name), leaders);
            }
        }
    }

    void put(String root, RawPath path, FileMeta meta, Optional<byte[]> bytes) {
        Optional<Sha256> hash = bytes.map(Sha256::hash);
        roots.computeIfAbsent(root, name -> new TreeMap<>())
                .put(path, new FileVersion(root, path, Instant.EPOCH, Optional.of(meta), hash, false));
        bytes.ifPresent(stored -> contents.put(key(root, path), stored));
    }

    FileVersion version(String root, RawPath path) {
        return Optional.ofNullable(roots.getOrDefault(root, Map.of()).get(path)).orElseThrow();
    }

    /** From now on the store gives these bytes for the path. */
    void corrupt(String root, RawPath path, byte[] bytes) {
        contents.put(key(root, path), bytes);
    }

    void lose(String root, RawPath path) {
        contents.remove(key(root, path));
    }

    /** The next so many reads end early. */
    void failReads(int count) {
        failuresLeft = count;
    }

    /** How many contents were asked for. */
    int opened() {
        return opened.get();
    }

    private static String key(String root, RawPath path) {
        return "objects/" + root + "/" + path;
    }

    @Override
    public void forEachAt(String root, RawPath prefix, Optional<Instant> time, Consumer<StoredVersion> each) {
        roots.getOrDefault(root, Map.of()).forEach((path, version) -> {
            boolean known = time.map(at -> !version.observed().isAfter(at)).orElse(true);
            if (path.isWithin(prefix) && known) {
                each.accept(new StoredVersion(version, new Location(key(root, path))));
            }
        });
    }

    @Override
    public CompletionStage<Content> open(StoredVersion version) {
        opened.incrementAndGet();
        byte[] bytes = contents.get(version.location().text());
        if (bytes == null) {
            return CompletableFuture.failedFuture(new StoreException.Permanent("it is gone from the bucket", null));
        }
        if (failuresLeft > 0) {
            failuresLeft--;
            return CompletableFuture.failedFuture(new StoreException.Transient("the connection was lost", null));
        }
        return CompletableFuture.completedFuture(new MemoryContent(bytes));
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public CompletionStage<List<StoreOutcome>> store(Flush flush) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> askStore() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> list(Consumer<StoredVersion> found, Consumer<String> problem) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<VerifyReport> verify(VerifyRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> delete(List<StoredVersion> versions) {
        throw new UnsupportedOperationException();
    }
}
