package io.keepwatch.layout.pack;

import io.keepwatch.file.Sha256;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.TestCatalog;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A test's catalog, and indexes of packs that know which contents its versions need. */
final class CatalogForPacks {
    final MemoryPackIndex index = newIndex(1);

    @Nullable
    private TestCatalog catalog;

    /** Knows nothing of the bucket, as after the loss of a catalog; the first epoch again is a clone of the first. */
    MemoryPackIndex newIndex(int epoch) {
        return new MemoryPackIndex("20261125T000000Z-0000000" + epoch, this::contents, this::versions);
    }

    TestCatalog open(Function<PackIndex, StorageLayout> layout) {
        catalog = new TestCatalog(layout.apply(index), () -> layout.apply(newIndex(2)));
        return catalog;
    }

    private List<StoredVersion> versions() {
        return catalog == null ? List.of() : catalog.all();
    }

    private List<Sha256> contents() {
        return versions().stream()
                .flatMap(stored -> stored.version().hash().stream())
                .toList();
    }
}
