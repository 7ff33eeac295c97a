package io.keepwatch.daemon;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.KnownChild;
import io.keepwatch.file.RawPath;
import io.keepwatch.source.KnownFile;
import io.keepwatch.source.KnownFiles;
import java.util.List;
import java.util.Optional;

/** The catalog as the record that a tree is compared with. */
final class CatalogKnownFiles implements KnownFiles {
    private final String root;
    private final CatalogReader catalog;

    CatalogKnownFiles(String root, CatalogReader catalog) {
        this.root = root;
        this.catalog = catalog;
    }

    @Override
    public List<KnownFile> children(RawPath directory) {
        return catalog.children(root, directory).stream()
                .map(CatalogKnownFiles::known)
                .toList();
    }

    @Override
    public Optional<KnownFile> known(RawPath path) {
        return catalog.known(root, path).map(CatalogKnownFiles::known);
    }

    private static KnownFile known(KnownChild child) {
        return new KnownFile(child.name(), child.stat(), child.racy());
    }
}
