package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.catalog.Backlog;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.State;
import io.keepwatch.event.Event;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.RootDirectory;
import io.keepwatch.file.StatReader;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.mirror.MirrorLayout;
import io.keepwatch.layout.mirror.MirrorOptions;
import io.keepwatch.source.ReconcileProgress;
import io.keepwatch.source.Reconciler;
import io.keepwatch.source.RootOptions;
import io.keepwatch.store.MemoryObjectStore;
import io.keepwatch.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A daemon's backup half, driven by hand: a real tree, a real catalog, and the mirror on a store in memory. The clock runs
 * ahead of the files' times, so that nothing is racy unless a test sets it back.
 */
abstract class BackupFixture {
    static final String ROOT = "home";
    static final String KEYS = "k/h/home/";

    @TempDir
    Path temporary;

    final ExecutorService workers = Executors.newFixedThreadPool(4);
    final ShiftedClock clock = new ShiftedClock(Duration.ofMinutes(1));
    final AtomicLong nanos = new AtomicLong();
    final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    Set<String> databaseRoots = Set.of(ROOT);
    Consumer<Event> onEvent = event -> {};
    SpyStore store = new SpyStore(new MemoryObjectStore());
    StorageLayout layout = layout();
    Path tree = Path.of("");
    Path state = Path.of("");

    @Nullable
    private Catalog open;

    @Nullable
    private Uploader running;

    @BeforeEach
    void start() throws IOException {
        tree = Files.createDirectory(temporary.toRealPath().resolve("tree"));
        state = temporary.resolve("state");
        restart();
    }

    @AfterEach
    void stop() throws InterruptedException {
        closeCatalog();
        store.close();
        workers.shutdownNow();
        workers.awaitTermination(10, TimeUnit.SECONDS);
    }

    /** As after a crash or a start: a new process with the same state directory and the same bucket. */
    void restart() throws IOException {
        closeCatalog();
        open = Catalog.open(state);
        layout = layout();
        running = uploader(Map.of(ROOT, tree));
    }

    void closeCatalog() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    void useStore(ObjectStore other) throws IOException {
        store = new SpyStore(other);
        restart();
    }

    Uploader uploader(Map<String, Path> roots) throws IOException {
        Spool spool = new Spool(state.resolve("spool"));
        Databases databases = new Databases(databaseRoots, catalog().reader(), spool, clock, this::tell);
        UploadPlanner planner = new UploadPlanner(catalog().reader(), new WatchedRoots(roots), spool, databases, clock);
        return new Uploader(catalog(), layout, planner, workers, clock, nanos::get, new Random(1), this::tell);
    }

    private void tell(Event event) {
        events.add(event);
        onEvent.accept(event);
    }

    private StorageLayout layout() {
        return new MirrorLayout(store, "k", "h", MirrorOptions.defaults(), clock);
    }

    Catalog catalog() {
        return Objects.requireNonNull(open);
    }

    Uploader uploader() {
        return Objects.requireNonNull(running);
    }

    TreeSink sink() {
        return new TreeSink(ROOT, catalog(), clock);
    }

    /** What an event of the kernel leads to, for each of these paths. */
    void changed(String... paths) throws IOException {
        for (String path : paths) {
            RawPath raw = RawPath.of(path);
            try {
                sink().pending(raw, StatReader.lstat(raw.under(tree)));
            } catch (FileSystemException e) {
                // Nothing is there, or a parent is no directory.
                sink().gone(raw, false);
            }
        }
    }

    /** Compares the whole tree with the catalog; how many differences became rows. */
    long reconcile() {
        long before = backlog().pending();
        new Reconciler(RootOptions.of(ROOT, tree), sink(), sink(), workers, 1, clock)
                .reconcile(RawPath.ROOT, OptionalLong.empty(), ReconcileProgress.SILENT);
        return backlog().pending() - before;
    }

    FlushReport flush() {
        return flush(Lane.SMALL);
    }

    FlushReport flush(Lane lane) {
        return uploader().flush(lane).toCompletableFuture().join();
    }

    /** Stores until there is nothing to do that can succeed now. */
    void flushAll() {
        for (Lane lane : Lane.values()) {
            FlushReport report = flush(lane);
            while (report.madeProgress()) {
                report = flush(lane);
            }
        }
    }

    void backUp() {
        reconcile();
        flushAll();
    }

    Backlog backlog() {
        return catalog().reader().backlog();
    }

    void assertNothingWaits() {
        assertThat(backlog().pending() + backlog().uploading()).isZero();
    }

    Path write(String path, String text) throws IOException {
        Path file = tree.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    Optional<CatalogVersion> current(String path) {
        return catalog()
                .reader()
                .current(ROOT, RawPath.of(path))
                .filter(row -> !row.version().isDeletion());
    }

    FileMeta meta(String path) {
        return current(path).orElseThrow().version().meta().orElseThrow();
    }

    int attempts(String path) {
        return catalog().reader().versions(ROOT, RawPath.of(path)).stream()
                .filter(row -> row.state() == State.PENDING)
                .findFirst()
                .orElseThrow()
                .attempts();
    }

    String stored(String path) throws IOException {
        return new String(content(current(path).orElseThrow()), StandardCharsets.UTF_8);
    }

    byte[] content(CatalogVersion row) throws IOException {
        StoredVersion version =
                new StoredVersion(row.version(), new Location(row.location().orElseThrow()));
        try (InputStream in = layout.open(version).toCompletableFuture().join().open(0)) {
            return in.readAllBytes();
        }
    }

    /** One sentence for each path of which the bucket holds another state than the tree, the root itself aside. */
    List<String> differences() throws IOException {
        List<String> differences = new ArrayList<>();
        RootDirectory directory = new RootDirectory(tree.toRealPath());
        List<RawPath> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(some -> !some.equals(tree)).toList()) {
                RawPath path = RawPath.between(tree, file);
                found.add(path);
                Optional<CatalogVersion> row = catalog().reader().current(ROOT, path);
                Optional<FileMeta> known = row.map(CatalogVersion::version).flatMap(FileVersion::meta);
                if (known.isEmpty()) {
                    differences.add(path + " is not stored");
                } else if (!restoresLike(known.get(), directory.meta(path))) {
                    differences.add(path + " has other metadata: " + known.get());
                } else if (known.get().stat().type() == FileType.REGULAR
                        && !Arrays.equals(content(row.orElseThrow()), Files.readAllBytes(file))) {
                    differences.add(path + " has other content");
                }
            }
        }
        catalog().reader().forEachAt(ROOT, RawPath.ROOT, Optional.empty(), false, row -> {
            if (!row.version().path().isRoot() && !found.contains(row.version().path())) {
                differences.add(row.version().path() + " should be gone");
            }
        });
        return differences;
    }

    private static boolean restoresLike(FileMeta known, FileMeta now) {
        return known.restoresLike(
                known.hardLinkLeader().map(now::withHardLinkLeader).orElse(now));
    }

    <E extends Event> List<E> events(Class<E> kind) {
        synchronized (events) {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    /** Runs something that the flush waits for elsewhere, to completion. */
    static <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }
}
