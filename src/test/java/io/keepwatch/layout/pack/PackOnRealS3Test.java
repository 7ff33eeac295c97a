package io.keepwatch.layout.pack;

import io.keepwatch.layout.LayoutOnRealS3;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.store.ObjectStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

class PackOnRealS3Test extends LayoutOnRealS3 {
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private CatalogForPacks known = new CatalogForPacks();
    private Function<PackIndex, StorageLayout> layouts = index -> {
        throw new IllegalStateException("no test has begun");
    };

    @TempDir
    Path spool;

    @AfterAll
    void stop() {
        workers.shutdownNow();
    }

    @Override
    protected StorageLayout newLayout(ObjectStore store, String prefix, Clock clock) {
        known = new CatalogForPacks();
        layouts = index -> PackLayout.writing(
                store,
                new PackSetting(
                        "b",
                        prefix,
                        "host",
                        spool,
                        PackOptions.DEFAULT,
                        PackCipher.NONE,
                        Duration.ofHours(24),
                        PackSetting.GRACE,
                        Duration.ZERO),
                index,
                workers,
                clock,
                false);
        return layouts.apply(known.index);
    }

    @Override
    public TestCatalog catalog() {
        return known.open(layouts);
    }
}
