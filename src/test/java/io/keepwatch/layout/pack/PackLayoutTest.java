package io.keepwatch.layout.pack;

import io.keepwatch.file.Sha256;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StorageLayoutContract;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.store.MemoryObjectStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class PackLayoutTest implements StorageLayoutContract {
    @TempDir
    Path temporary;

    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final MemoryObjectStore store = new MemoryObjectStore();
    private List<TestCatalog> catalogs = List.of();
    private final MemoryPackIndex index =
            new MemoryPackIndex("20261125T000000Z-00000001", this::contents, this::versions);

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    private MemoryPackIndex index(int number) {
        return new MemoryPackIndex("20261125T000000Z-0000000" + number, this::contents, this::versions);
    }

    @Override
    public StorageLayout layout() {
        return layout(index);
    }

    private StorageLayout layout(PackIndex known) {
        PackSetting setting = new PackSetting(
                "k", "h", temporary, PackOptions.DEFAULT, PackCipher.NONE, Duration.ofHours(24), PackSetting.GRACE);
        return PackLayout.writing(store, setting, known, workers, Clock.systemUTC(), false);
    }

    @Override
    public TestCatalog catalog() {
        TestCatalog catalog = new TestCatalog(layout(), () -> layout(index(2)));
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
}
