package io.keepwatch.daemon;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.KnownChild;
import io.keepwatch.file.RawPath;
import io.keepwatch.source.KnownFile;
import io.keepwatch.source.KnownFiles;
import java.util.List;
import java.util.Optional;

/** What is durable of a root, as the record that a snapshot is compared with: what waits is newer than the snapshot. */
final class StoredFiles implements KnownFiles {
    private final String root;
    private final CatalogReader catalog;

    StoredFiles(String root, CatalogReader catalog) {
        this.root = root;
        this.catalog = catalog;
    }

    @Override
    public List<KnownFile> children(RawPath directory) {
        return catalog.storedChildren(root, directory).stream()
                .map(StoredFiles::known)
                .toList();
    }

    @Override
    public Optional<KnownFile> known(RawPath path) {
        return catalog.stored(root, path).map(StoredFiles::known);
    }

    private static KnownFile known(KnownChild child) {
        return new KnownFile(child.name(), child.stat(), child.racy());
    }
}
