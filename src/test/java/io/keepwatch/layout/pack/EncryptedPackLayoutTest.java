package io.keepwatch.layout.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StorageLayoutContract;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.store.GetObject;
import io.keepwatch.store.ListedObject;
import io.keepwatch.store.MemoryObjectStore;
import io.keepwatch.store.ObjectStream;
import io.keepwatch.store.PutObject;
import io.keepwatch.store.RequestClass;
import io.keepwatch.store.RequestLedger;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedPackLayoutTest implements StorageLayoutContract {
    @TempDir
    Path temporary;

    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final ExecutorService readers = Executors.newFixedThreadPool(16);
    private final RequestLedger ledger = new RequestLedger();
    private final MemoryObjectStore store = new MemoryObjectStore(ledger);
    private final AgeIdentity.Made made = AgeIdentity.make(Instant.EPOCH);
    private List<TestCatalog> catalogs = List.of();
    private final MemoryPackIndex index = index(1);

    @BeforeEach
    void keep_the_identity() throws IOException {
        Files.writeString(identity(), made.file());
    }

    @AfterEach
    void stop() {
        workers.shutdownNow();
        readers.shutdownNow();
    }

    private Path identity() {
        return temporary.resolve("identity.txt");
    }

    private MemoryPackIndex index(int number) {
        return new MemoryPackIndex("20261125T000000Z-0000000" + number, this::contents, this::versions);
    }

    private AgeCipher cipher() throws IOException {
        return AgeCipher.of(List.of(made.recipient()), Optional.of(AgeIdentity.read(identity())));
    }

    private AgeCipher writeOnly() {
        return AgeCipher.of(List.of(made.recipient()), Optional.empty());
    }

    @Override
    public StorageLayout layout() throws IOException {
        return layout(index, cipher());
    }

    private PackLayout layout(PackIndex known, PackCipher cipher) {
        PackSetting setting = TestPackSetting.of(temporary, cipher);
        return PackLayout.writing(store, setting, known, workers, Clock.systemUTC(), false);
    }

    @Override
    public TestCatalog catalog() throws IOException {
        AgeCipher cipher = cipher();
        TestCatalog catalog = new TestCatalog(layout(), () -> layout(index(2), cipher));
        catalogs = List.of(catalog);
        return catalog;
    }

    private List<StoredVersion> versions() {
        return catalogs.stream().flatMap(catalog -> catalog.all().stream()).toList();
    }

    private List<Sha256> contents() {
        return versions().stream()
                .flatMap(stored -> stored.version().hash().stream())
                .toList();
    }

    @Test
    void no_object_shows_a_name_or_a_content() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(catalog.file("a name to hide", "a content to hide"));
        List<String> keys = store.list("", Optional.empty()).toCompletableFuture().get().objects().stream()
                .map(ListedObject::key)
                .toList();
        assertThat(keys).hasSize(2);
        for (String key : keys) {
            assertThat(key).matches("k/h/(keepwatch\\.json|packs/.*\\.tar\\.zst\\.age)");
            assertThat(text(key)).doesNotContain("hide");
        }
        assertThat(text("k/h/keepwatch.json")).contains("\"encryption\":\"age\"");
    }

    private String text(String key) throws Exception {
        try (ObjectStream object =
                store.get(GetObject.whole(key)).toCompletableFuture().get().orElseThrow()) {
            return new String(object.body().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void a_pack_is_fetched_once_for_all_its_contents() throws Exception {
        TestCatalog catalog = catalog();
        List<TestCatalog.Change> files = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            files.add(catalog.file("file" + i, "content " + i));
        }
        catalog.store(files.toArray(TestCatalog.Change[]::new));
        ledger.drain();
        for (int i = 0; i < 200; i++) {
            assertThat(catalog.read(catalog.current("file" + i))).isEqualTo(TestCatalog.utf8("content " + i));
        }
        assertThat(ledger.snapshot().of(RequestClass.GET)).isEqualTo(1);
        assertThat(ledger.snapshot().total()).isEqualTo(1);
    }

    @Test
    void more_packs_than_are_kept_can_be_read_by_many_threads_at_once() throws Exception {
        TestCatalog catalog = catalog();
        for (int pack = 0; pack < 20; pack++) {
            catalog.store(catalog.file("file" + pack, "content " + pack));
        }
        StorageLayout layout = layout();
        List<CompletableFuture<String>> reads = IntStream.range(0, 400)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> read(layout, catalog.current("file" + i % 20)), readers))
                .toList();
        for (int i = 0; i < reads.size(); i++) {
            assertThat(reads.get(i).get()).isEqualTo("content " + i % 20);
        }
    }

    private static String read(StorageLayout layout, StoredVersion version) {
        try (InputStream in = layout.open(version).toCompletableFuture().join().open(0)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_host_without_an_identity_stores_but_neither_reads_nor_rebuilds() throws Exception {
        catalog();
        PackLayout blind = layout(index, writeOnly());
        TestCatalog catalog = new TestCatalog(blind);
        catalogs = List.of(catalog);
        catalog.store(catalog.file("file", "content"));
        assertThatThrownBy(() -> catalog.read(catalog.current("file")))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContaining("\"file\"")
                .hasMessageContaining("--identity");
        PackLayout empty = layout(index(2), writeOnly());
        assertThatThrownBy(() -> TestCatalog.get(empty.list(found -> {}, problem -> {})))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContaining("--identity");
        assertThat(read(layout(), catalog.current("file"))).isEqualTo("content");
    }

    @Test
    void a_host_without_an_identity_removes_dead_packs_and_leaves_the_others_as_they_are() throws Exception {
        PackLayout blind = layout(index, writeOnly());
        TestCatalog catalog = new TestCatalog(blind);
        catalogs = List.of(catalog);
        for (int pack = 0; pack <= RewritePlan.MERGED; pack++) {
            catalog.store(catalog.file("file" + pack, "content " + pack));
        }
        catalog.forget(catalog.current("file0"));
        Instant later = Instant.now().plus(Duration.ofDays(2));
        TestCatalog.get(blind.maintain(later));
        assertThat(index.stored())
                .hasSize(RewritePlan.MERGED)
                .allMatch(pack -> pack.name().level() == 0);
        TestCatalog.get(layout(index, cipher()).maintain(later));
        assertThat(index.stored()).hasSize(1).allMatch(pack -> pack.name().level() == 1);
    }

    @Test
    void a_bucket_is_encrypted_as_a_whole_or_not_at_all() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(catalog.file("file", "content"));
        TestCatalog other = new TestCatalog(layout(index(3), PackCipher.NONE));
        assertThatThrownBy(() -> other.store(other.file("file", "content")))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContaining("says encryption \"age\", but the configuration says \"none\"");
    }

    @Test
    void a_changed_byte_is_found_before_anything_is_given_out() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(catalog.file("file", "content"));
        String key = store.list("k/h/packs/", Optional.empty())
                .toCompletableFuture()
                .get()
                .objects()
                .get(0)
                .key();
        byte[] bytes = text(key).getBytes(StandardCharsets.ISO_8859_1);
        bytes[bytes.length - 20] ^= 1;
        store.put(new PutObject(key, Map.of(), false), new MemoryContent(bytes))
                .toCompletableFuture()
                .get();
        assertThatThrownBy(() -> catalog.read(catalog.current("file")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(key);
    }
}
