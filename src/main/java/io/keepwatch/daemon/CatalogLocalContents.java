package io.keepwatch.daemon;

import io.keepwatch.backup.WatchedRoots;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.file.OpenedFile;
import io.keepwatch.file.RootDirectory;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.pack.LocalContents;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Contents of files that are, as far as the catalog knows, still what was stored. */
final class CatalogLocalContents implements LocalContents {
    private final CatalogReader catalog;
    private final WatchedRoots roots;

    CatalogLocalContents(CatalogReader catalog, WatchedRoots roots) {
        this.catalog = catalog;
        this.roots = roots;
    }

    @Override
    public Optional<byte[]> find(Sha256 hash, long sizeBytes) {
        return catalog.withHash(hash).flatMap(row -> read(row, sizeBytes));
    }

    /** A file that changed, or is gone, is read from the bucket instead. */
    private Optional<byte[]> read(CatalogVersion row, long sizeBytes) {
        try {
            Optional<RootDirectory> root = roots.open(row.version().root());
            if (root.isEmpty()) {
                return Optional.empty();
            }
            try (OpenedFile file = root.get().open(row.version().path());
                    InputStream in = file.from(0)) {
                byte[] bytes =
                        file.stat().sizeBytes() == sizeBytes ? in.readNBytes(Math.toIntExact(sizeBytes)) : new byte[0];
                return bytes.length == sizeBytes ? Optional.of(bytes) : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
