package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.backup.SpyStore;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.Claim;
import io.keepwatch.catalog.Durable;
import io.keepwatch.catalog.PackNumber;
import io.keepwatch.catalog.PendingChange;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.Flush;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.PendingVersion;
import io.keepwatch.layout.StoreOutcome;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.pack.AgeCipher;
import io.keepwatch.layout.pack.AgeIdentity;
import io.keepwatch.layout.pack.CatalogCopies;
import io.keepwatch.layout.pack.HostListing;
import io.keepwatch.layout.pack.PackCipher;
import io.keepwatch.layout.pack.PackLayout;
import io.keepwatch.layout.pack.PackOptions;
import io.keepwatch.layout.pack.PackSetting;
import io.keepwatch.store.GetObject;
import io.keepwatch.store.MemoryObjectStore;
import io.keepwatch.store.ObjectStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that has nothing but the bucket brings one file back by the copy of the catalog. */
class CatalogCopyRestoreTest {
    private static final String ROOT = "home";
    private static final int FILES = 50;

    @TempDir
    Path folder;

    private final SpyStore store = new SpyStore(new MemoryObjectStore());
    private final ExecutorService workers = Executors.newFixedThreadPool(3);

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private PackSetting setting(PackCipher cipher) throws IOException {
        PackSetting setting = new PackSetting(
                "b",
                "k",
                "h",
                folder.resolve("spool"),
                cipher.isEncrypting() ? PackOptions.ENCRYPTED : PackOptions.DEFAULT,
                cipher,
                Duration.ofHours(24),
                PackSetting.GRACE,
                Duration.ZERO);
        PackLayout.clearSpool(setting);
        return setting;
    }

    private static byte[] content(int number) {
        byte[] bytes = new byte[10_000];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    /** Two packs and a copy of the catalog. */
    private void backUp(PackSetting setting) throws IOException {
        try (Catalog catalog = Catalog.open(folder.resolve("state"))) {
            PackLayout layout = PackLayout.writing(
                    store, setting, new CatalogPackIndex(catalog), workers, Clock.systemUTC(), false);
            flush(catalog, layout, 0);
            flush(catalog, layout, FILES);
            Path copy = folder.resolve("copy.sqlite");
            catalog.copyTo(copy);
            PackNumber last = catalog.reader().packs().last();
            await(new CatalogCopies(store, setting, workers).keep(copy, Instant.now(), last.epoch(), last.sequence()));
        }
    }

    private static void flush(Catalog catalog, PackLayout layout, int from) {
        List<PendingChange> changes = new ArrayList<>();
        for (int i = from; i < from + FILES; i++) {
            Instant now = Instant.ofEpochSecond(1_000_000 + i);
            FileStat stat = new FileStat(FileType.REGULAR, 10_000, now, now, 64, i, 1, 0644, 1000, 100, 0);
            FileMeta meta = new FileMeta(
                    stat, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
            changes.add(new PendingChange(
                    new FileVersion(
                            ROOT,
                            RawPath.of("file-" + i),
                            now,
                            Optional.of(meta),
                            Optional.of(Sha256.hash(content(i))),
                            false),
                    false));
        }
        await(catalog.addPending(changes));
        List<CatalogVersion> rows = catalog.reader().claimable(1_000, Instant.now());
        await(catalog.markUploading(
                rows.stream().map(row -> new Claim(row.id(), row.version())).toList()));
        List<PendingVersion> versions = rows.stream()
                .map(row -> new PendingVersion(
                        row.version(),
                        Optional.of(new MemoryContent(content(
                                Integer.parseInt(row.version().path().toString().substring(5))))),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        List<StoreOutcome> outcomes = await(layout.store(new Flush(rows.get(0).id(), Instant.now(), versions)));
        List<Durable> durable = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            StoreOutcome.Stored stored = (StoreOutcome.Stored) outcomes.get(i);
            durable.add(new Durable(rows.get(i).id(), stored.location().text(), Instant.now()));
        }
        await(catalog.markDurable(durable));
    }

    /** What was asked of the store. */
    private List<String> restoreOne(PackSetting setting, int number) throws IOException {
        store.requests();
        Path fetched = folder.resolve("fetched.sqlite");
        Path state = folder.resolve("new-state");
        String copy =
                await(HostListing.read(store, setting)).newestCatalogCopy().orElseThrow();
        new CatalogCopies(store, setting, workers).fetch(copy, fetched);
        Catalog.installCopy(state, fetched);
        try (CatalogReader catalog = CatalogReader.open(state)) {
            PackLayout layout =
                    PackLayout.reading(store, setting, new CatalogPackPlaces(catalog), workers, Clock.systemUTC());
            CatalogVersion row =
                    catalog.current(ROOT, RawPath.of("file-" + number)).orElseThrow();
            StoredVersion version =
                    new StoredVersion(row.version(), new Location(row.location().orElseThrow()));
            try (InputStream in = await(layout.open(version)).open(0)) {
                assertThat(in.readAllBytes()).isEqualTo(content(number));
            }
        }
        return store.requests();
    }

    @Test
    void it_takes_three_requests() throws Exception {
        PackSetting setting = setting(PackCipher.NONE);
        backUp(setting);
        assertThat(restoreOne(setting, 70))
                .hasSize(3)
                .satisfiesExactly(
                        list -> assertThat(list).isEqualTo("LIST k/h/"),
                        copy -> assertThat(copy).startsWith("GET k/h/catalog/").endsWith(".sqlite.zst"),
                        pack -> assertThat(pack).startsWith("GET k/h/packs/0/").endsWith("0000000002.tar.zst"));
    }

    @Test
    void an_encrypted_one_takes_three_requests_and_opens_for_the_identity_only() throws Exception {
        AgeIdentity.Made made = AgeIdentity.make(Instant.EPOCH);
        Path identity = Files.writeString(folder.resolve("identity.txt"), made.file());
        List<String> recipients = List.of(made.recipient());
        backUp(setting(AgeCipher.of(recipients, Optional.empty())));
        PackSetting opening = setting(AgeCipher.of(recipients, Optional.of(AgeIdentity.read(identity))));
        List<String> requests = restoreOne(opening, 70);
        assertThat(requests)
                .hasSize(3)
                .satisfiesExactly(
                        list -> assertThat(list).isEqualTo("LIST k/h/"),
                        copy -> assertThat(copy).startsWith("GET k/h/catalog/").endsWith(".sqlite.zst.age"),
                        pack -> assertThat(pack).startsWith("GET k/h/packs/0/").endsWith("0000000002.tar.zst.age"));
        String copy = requests.get(1).substring(4);
        try (ObjectStream stream = await(store.get(GetObject.whole(copy))).orElseThrow()) {
            assertThat(new String(stream.body().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith("age-encryption.org/v1\n")
                    .doesNotContain("SQLite format", "file-70");
        }
        CatalogCopies closed = new CatalogCopies(store, setting(AgeCipher.of(recipients, Optional.empty())), workers);
        assertThatThrownBy(() -> closed.fetch(copy, folder.resolve("refused")))
                .hasMessageContaining(PackCipher.NO_IDENTITY);
    }
}
