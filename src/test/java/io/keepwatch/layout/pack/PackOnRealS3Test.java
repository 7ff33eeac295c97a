package io.keepwatch.layout.pack;

import io.keepwatch.layout.LayoutOnRealS3;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.store.ObjectStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
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
                TestPackSetting.of(prefix, "host", spool, PackCipher.NONE, Optional.empty()),
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
