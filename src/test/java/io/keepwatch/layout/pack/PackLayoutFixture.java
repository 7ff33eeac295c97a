package io.keepwatch.layout.pack;

import io.keepwatch.backup.SpyStore;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.store.MemoryObjectStore;
import io.keepwatch.store.RequestLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The pack layout on a bucket in memory that writes down its requests, with a clock that a test moves. */
class PackLayoutFixture {

    @TempDir
    Path spool;

    final MovableClock clock = new MovableClock();
    final SpyStore store = new SpyStore(new MemoryObjectStore(new RequestLedger(), clock));
    final ExecutorService workers = Executors.newFixedThreadPool(4);
    final CatalogForPacks known = new CatalogForPacks();
    final MemoryPackIndex index = known.index;

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    public PackLayout layout() {
        return layout(index);
    }

    PackLayout layout(PackIndex known) {
        PackSetting setting = TestPackSetting.of(spool);
        return PackLayout.writing(store, setting, known, workers, clock, false);
    }

    public TestCatalog catalog() {
        return known.open(this::layout);
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
