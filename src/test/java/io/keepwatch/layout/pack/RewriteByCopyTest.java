package io.keepwatch.layout.pack;

import static io.keepwatch.layout.TestCatalog.get;
import static io.keepwatch.layout.pack.StockTools.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.backup.SpyStore;
import io.keepwatch.file.FileType;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.RawPath;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.layout.TestCatalog.Change;
import io.keepwatch.layout.VerifyRequest;
import io.keepwatch.store.EmbeddedS3;
import io.keepwatch.store.GetObject;
import io.keepwatch.store.MemoryObjectStore;
import io.keepwatch.store.ObjectStream;
import io.keepwatch.store.PutObject;
import io.keepwatch.store.RequestClass;
import io.keepwatch.store.RequestCounts;
import io.keepwatch.store.RequestLedger;
import io.keepwatch.store.S3ObjectStore;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a pack of which little is needed, what is needed is copied within the bucket, and every byte can be checked after. */
class RewriteByCopyTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private final PackLayoutFixture.MovableClock clock = new PackLayoutFixture.MovableClock();
    private final RequestLedger ledger = new RequestLedger();
    private SpyStore store = new SpyStore(new MemoryObjectStore(ledger, clock));
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final CatalogForPacks known = new CatalogForPacks();
    private final Random random = new Random(1);
    private LocalContents local = LocalContents.NONE;
    private TestCatalog catalog;

    @BeforeEach
    void begin() throws Exception {
        catalog = known.open(this::layout);
        get(layout(known.index).writeInstructions());
    }

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    private PackLayout layout(PackIndex index) {
        PackSetting setting = new PackSetting(
                "b",
                "k",
                "h",
                folder.resolve("spool"),
                PackOptions.DEFAULT,
                PackCipher.NONE,
                PackLayoutFixture.KEEP_ALL,
                PackSetting.GRACE,
                Duration.ZERO);
        try {
            PackLayout.clearSpool(setting);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return PackLayout.writing(store, setting, index, (hash, size) -> local.find(hash, size), workers, clock, false);
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Change file(String path, byte[] content) {
        return catalog.file(RawPath.of(path), TestCatalog.meta(FileType.REGULAR, content.length), content);
    }

    /** A file of 40 MiB in segments, of which a later version needs the first 14 MiB only. */
    private byte[] storeAndReplaceMost() throws Exception {
        return storeAndReplaceMost("disk");
    }

    private byte[] storeAndReplaceMost(String path) throws Exception {
        byte[] first = noise(40 * MIB);
        catalog.store(file(path, first));
        StoredVersion old = catalog.current(path);
        byte[] second = Arrays.copyOf(first, 17 * MIB);
        System.arraycopy(noise(3 * MIB), 0, second, 14 * MIB, 3 * MIB);
        catalog.store(file(path, second));
        catalog.forget(old);
        clock.move(Duration.ofHours(1));
        return second;
    }

    private RequestCounts maintain() throws Exception {
        store.requests();
        ledger.drain();
        get(layout(known.index).maintain(clock.instant()));
        return ledger.snapshot();
    }

    private PackFacts rewritten() {
        return known.index.stored().stream()
                .filter(pack -> pack.name().level() > 0)
                .reduce((a, b) -> {
                    throw new AssertionError("both " + a + " and " + b);
                })
                .orElseThrow();
    }

    private byte[] bytes(PackName pack) throws Exception {
        try (ObjectStream stream = get(store.get(GetObject.whole("k/h/packs/" + pack.text() + ".tar.zst")))
                .orElseThrow()) {
            return stream.body().readAllBytes();
        }
    }

    /** The archive, the tables, the catalog and the bucket say the same. */
    private byte[] assertSound(PackFacts pack) throws Exception {
        byte[] bytes = bytes(pack.name());
        assertThat(bytes).hasSize(Math.toIntExact(pack.bytes()));
        assertThat(PackCheck.differences(pack.name(), new MemoryContent(bytes))).isEmpty();
        List<String> problems = new ArrayList<>();
        get(layout(known.index).verify(new VerifyRequest(each -> catalog.live().forEach(each), problems::add)));
        assertThat(problems).isEmpty();
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions());
        return bytes;
    }

    @Test
    void live_segments_are_copied_and_only_the_end_of_the_old_pack_comes_down() throws Exception {
        byte[] content = storeAndReplaceMost();
        RequestCounts counts = maintain();
        PackFacts pack = rewritten();
        assertThat(pack.bytes()).isGreaterThan(14L * MIB);
        assertThat(counts.of(RequestClass.GET)).as("the end of the old pack").isEqualTo(1);
        assertThat(counts.bytesReceived()).isEqualTo(16L << 10);
        assertThat(counts.of(RequestClass.POST)).as("begin and end").isEqualTo(2);
        assertThat(counts.of(RequestClass.COPY)).as("14 segments").isEqualTo(1);
        assertThat(counts.of(RequestClass.PUT)).as("journal and tables").isEqualTo(1);
        assertThat(counts.total()).isEqualTo(5);
        assertThat(counts.bytesSent()).isLessThan(10_000);
        assertSound(pack);
        assertThat(catalog.read(catalog.current("disk"))).isEqualTo(content);
    }

    @Test
    void ranges_of_two_packs_become_one_pack() throws Exception {
        byte[] one = storeAndReplaceMost("one");
        byte[] two = storeAndReplaceMost("two");
        RequestCounts counts = maintain();
        assertThat(counts.of(RequestClass.GET)).isEqualTo(2);
        assertThat(counts.of(RequestClass.POST)).isEqualTo(2);
        assertThat(counts.of(RequestClass.COPY)).isEqualTo(2);
        assertThat(counts.of(RequestClass.PUT)).isEqualTo(1);
        assertThat(counts.total()).isEqualTo(7);
        assertThat(counts.bytesReceived()).isEqualTo(32L << 10);
        assertSound(rewritten());
        assertThat(catalog.read(catalog.current("one"))).isEqualTo(one);
        assertThat(catalog.read(catalog.current("two"))).isEqualTo(two);
    }

    @Test
    void zstd_and_tar_accept_a_pack_that_was_copied_together() throws Exception {
        assumeTrue(StockTools.has("zstd"), "zstd is not installed: apt-get install zstd");
        storeAndReplaceMost();
        maintain();
        PackFacts pack = rewritten();
        Files.write(folder.resolve("pack.tar.zst"), bytes(pack.name()));
        assertThat(run(folder, "zstd", "-tq", "pack.tar.zst")).isEmpty();
        assertThat(run(folder, "tar", "--zstd", "-tf", "pack.tar.zst").lines())
                .hasSize(15)
                .allMatch(name -> name.startsWith(".keepwatch/"));
    }

    /** Sizes beside blocks, small files between large ones, several runs: all that lies between copied frames is new. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void what_lies_between_copied_frames_fits(int seed) throws Exception {
        random.setSeed(seed);
        List<Change> changes = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        long start = random.nextInt(30) * (long) MIB;
        long bytes = 0;
        while (bytes < 50L * MIB) {
            int size = random.nextInt(4) == 0 ? 1 + random.nextInt(9_000) : (256 << 10) + random.nextInt(4 * MIB);
            String path = String.format("d/%04d", changes.size());
            changes.add(file(path, noise(size)));
            (bytes >= start && bytes < start + 14L * MIB ? kept : removed).add(path);
            bytes += size;
        }
        catalog.store(changes.toArray(Change[]::new));
        remove(removed);
        RequestCounts counts = maintain();
        assertThat(counts.of(RequestClass.COPY)).isPositive();
        for (PackFacts pack : known.index.stored()) {
            assertSound(pack);
        }
        for (String path : kept) {
            assertThat(catalog.read(catalog.current(path))).isNotEmpty();
        }
    }

    private void remove(List<String> paths) throws Exception {
        List<StoredVersion> old = paths.stream().map(catalog::current).toList();
        catalog.store(paths.stream().map(catalog::deletion).toArray(Change[]::new));
        old.forEach(catalog::forget);
        clock.move(Duration.ofHours(1));
    }

    @Test
    void a_server_that_joins_parts_gives_the_same_pack() throws Exception {
        try (EmbeddedS3 server = EmbeddedS3.start(folder.resolve("s3"));
                S3ObjectStore real = new S3ObjectStore(server.options(), ledger, Clock.systemUTC())) {
            store = new SpyStore(real);
            begin();
            byte[] content = storeAndReplaceMost();
            RequestCounts counts = maintain();
            assertThat(counts.of(RequestClass.COPY)).isEqualTo(1);
            assertSound(rewritten());
            assertThat(catalog.read(catalog.current("disk"))).isEqualTo(content);
        }
    }

    @Test
    void a_store_that_cannot_copy_gets_everything_under_another_name() throws Exception {
        byte[] content = storeAndReplaceMost();
        store.refuse(request -> request.startsWith("COMPOSE")
                ? Optional.of(new StoreException.Unsupported("no UploadPartCopy", null))
                : Optional.empty());
        RequestCounts counts = maintain();
        assertThat(store.requests())
                .filteredOn(request -> request.startsWith("COMPOSE"))
                .hasSize(1);
        assertThat(counts.of(RequestClass.PUT)).isEqualTo(1);
        assertThat(counts.bytesReceived()).isGreaterThan(14L * MIB);
        assertThat(rewritten().name().sequence()).isEqualTo(4);
        assertThat(known.index.staged()).isEmpty();
        assertSound(rewritten());
        assertThat(catalog.read(catalog.current("disk"))).isEqualTo(content);
    }

    @Test
    void a_source_that_is_not_what_was_stored_is_not_copied() throws Exception {
        storeAndReplaceMost();
        String old = "k/h/packs/0/20261125T000000Z-00000001/0000000001.tar.zst";
        byte[] other = bytes(known.index.stored().get(0).name());
        other[MIB]++;
        get(store.put(new PutObject(old, Map.of(), false), new MemoryContent(other)));
        assertThatThrownBy(this::maintain).isInstanceOf(StoreException.class);
        assertThat(known.index.stored()).extracting(pack -> pack.name().level()).containsOnly(0);
        assertThat(known.index.condemnedBefore(clock.instant())).isEmpty();
    }

    @Test
    void what_is_on_this_machine_is_sent_and_not_copied() throws Exception {
        byte[] kept = noise(6 * MIB);
        catalog.store(file("a", kept), file("b", noise(15 * MIB)));
        remove(List.of("b"));
        local = (hash, size) -> size == kept.length ? Optional.of(kept.clone()) : Optional.empty();
        RequestCounts counts = maintain();
        assertThat(counts.of(RequestClass.COPY)).isZero();
        assertThat(counts.of(RequestClass.PUT)).isEqualTo(1);
        assertThat(counts.bytesReceived()).isEqualTo(16L << 10);
        assertSound(rewritten());
    }

    private MemoryPackIndex afterCrash(PackFacts staged) throws Exception {
        MemoryPackIndex index = known.newIndex(1);
        for (int i = 0; i < staged.name().sequence(); i++) {
            get(index.reserve(1));
        }
        get(index.stage(staged, List.of(), Map.of()));
        store.requests();
        get(layout(index).maintain(clock.instant()));
        assertThat(index.staged()).isEmpty();
        return index;
    }

    @Test
    void a_copy_whose_answer_was_lost_is_taken_back() throws Exception {
        catalog.store(catalog.file("a", "1"));
        PackFacts staged = PackFacts.composed(new PackName(1, "20261125T000000Z-00000001", 3), 4);
        String key = "k/h/packs/" + staged.name().text() + ".tar.zst";
        get(store.put(new PutObject(key, staged.metadata(), true), new MemoryContent(new byte[4])));
        afterCrash(staged);
        assertThat(store.requests()).contains("HEAD " + key, "DELETE " + key);
    }

    @Test
    void a_pack_of_the_same_size_that_a_clone_composed_is_left_alone() throws Exception {
        storeAndReplaceMost();
        maintain();
        PackFacts stored = rewritten();
        afterCrash(PackFacts.composed(stored.name(), stored.bytes()));
        assertThat(store.requests())
                .contains("HEAD k/h/packs/" + stored.name().text() + ".tar.zst")
                .noneMatch(request -> request.startsWith("DELETE"));
    }
}
