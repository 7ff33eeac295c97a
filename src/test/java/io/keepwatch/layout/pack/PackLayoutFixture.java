package io.keepwatch.layout.pack;

import io.keepwatch.backup.SpyStore;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.store.MemoryObjectStore;
import io.keepwatch.store.RequestLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The pack layout on a bucket in memory that writes down its requests, with a clock that a test moves. */
class PackLayoutFixture {
    static final Duration KEEP_ALL = Duration.ofHours(24);

    @TempDir
    Path spool;

    final MovableClock clock = new MovableClock();
    final SpyStore store = new SpyStore(new MemoryObjectStore(new RequestLedger(), clock));
    final ExecutorService workers = Executors.newFixedThreadPool(4);
    final MemoryPackIndex index = newIndex(1);
    private List<TestCatalog> catalogs = List.of();

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    /** Knows nothing of the bucket, as after the loss of a catalog. */
    MemoryPackIndex newIndex(int epoch) {
        return new MemoryPackIndex("20261125T000000Z-0000000" + epoch, this::contents, this::versions);
    }

    public PackLayout layout() {
        return layout(index);
    }

    PackLayout layout(PackIndex known) {
        PackSetting setting =
                new PackSetting("k", "h", spool, PackOptions.DEFAULT, PackCipher.NONE, KEEP_ALL, PackSetting.GRACE);
        return PackLayout.writing(store, setting, known, workers, clock, false);
    }

    public TestCatalog catalog() {
        TestCatalog catalog = new TestCatalog(layout(), () -> layout(newIndex(2)));
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

    /** The server's and this machine's. */
    static final class MovableClock extends Clock {
        private volatile Instant now = TestCatalog.START;

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
