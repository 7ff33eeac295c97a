package io.keepwatch.layout.mirror;

import static io.keepwatch.layout.TestCatalog.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StorageLayoutContract;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.store.MemoryObjectStore;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

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

    @Test
    void a_deleted_file_is_read_though_its_directory_is_a_file_by_now() throws Exception {
        TestCatalog catalog = new TestCatalog(layout);
        catalog.store(catalog.file("a/b", "precious"));
        StoredVersion old = catalog.current("a/b");
        catalog.store(catalog.deletion("a/b"), catalog.file("a", "new"));
        assertThat(catalog.read(old)).isEqualTo(utf8("precious"));
    }
}
