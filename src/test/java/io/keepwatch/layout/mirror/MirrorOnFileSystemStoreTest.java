package io.keepwatch.layout.mirror;

import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StorageLayoutContract;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.store.MemoryObjectStore;
import java.time.Clock;
import java.time.ZoneOffset;

/** The contract on a store that cannot hold {@code x} beside {@code x/y}. */
class MirrorOnFileSystemStoreTest implements StorageLayoutContract {
    private final MirrorLayout layout = new MirrorLayout(
            new HierarchicalStore(new MemoryObjectStore()),
            "",
            "host",
            MirrorOptions.defaults(),
            Clock.fixed(TestCatalog.START, ZoneOffset.UTC));

    @Override
    public StorageLayout layout() {
        return layout;
    }
}
