package io.keepwatch.layout.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.store.MemoryObjectStore;
import io.keepwatch.store.RequestClass;
import io.keepwatch.store.RequestCounts;
import io.keepwatch.store.RequestLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebuildRequestsTest {
    private static final int FILES = 20_000;

    @TempDir
    Path spool;

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final RequestLedger ledger = new RequestLedger();
    private final MemoryObjectStore store = new MemoryObjectStore(ledger);

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    private StorageLayout layout(int number) {
        PackSetting setting = TestPackSetting.of(spool);
        PackIndex index = new MemoryPackIndex("20261125T000000Z-0000000" + number, List::of, List::of);
        return PackLayout.writing(store, setting, index, workers, Clock.systemUTC(), false);
    }

    @Test
    void twenty_thousand_files_are_known_again_after_five_requests_without_a_copy_of_the_catalog() throws Exception {
        TestCatalog catalog = new TestCatalog(layout(1), () -> layout(2));
        String filling = "0123456789abcdef".repeat(255);
        catalog.store(IntStream.range(0, FILES)
                .mapToObj(number -> catalog.file("directory/file-" + number, number + filling))
                .toArray(TestCatalog.Change[]::new));
        RequestCounts before = ledger.snapshot();
        // The marker twice, since the answer tells what the store does with conditions, and the pack.
        assertThat(before.total()).isEqualTo(3);
        assertThat(catalog.listed()).hasSize(FILES);
        RequestCounts after = ledger.snapshot();
        assertThat(after.of(RequestClass.LIST)).isEqualTo(1);
        // The marker, and the end of each pack, which the first guess may not reach.
        assertThat(after.total() - before.total()).isLessThanOrEqualTo(5);
    }
}
