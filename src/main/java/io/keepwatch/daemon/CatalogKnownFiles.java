package io.keepwatch.daemon;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.KnownChild;
import io.keepwatch.file.RawPath;
import io.keepwatch.source.KnownFile;
import io.keepwatch.source.KnownFiles;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The catalog as the record that a tree is compared with. */
final class CatalogKnownFiles implements KnownFiles {
    private final Function<RawPath, List<KnownChild>> children;
    private final Function<RawPath, Optional<KnownChild>> known;

    private CatalogKnownFiles(
            Function<RawPath, List<KnownChild>> children, Function<RawPath, Optional<KnownChild>> known) {
        this.children = children;
        this.known = known;
    }

    /** The newest that is known of a root, whether it is stored or waits. */
    static CatalogKnownFiles newest(String root, CatalogReader catalog) {
        return new CatalogKnownFiles(directory -> catalog.children(root, directory), path -> catalog.known(root, path));
    }

    /** What is durable of a root, for a snapshot: what waits is newer than that. */
    static CatalogKnownFiles stored(String root, CatalogReader catalog) {
        return new CatalogKnownFiles(
                directory -> catalog.storedChildren(root, directory), path -> catalog.stored(root, path));
    }

    @Override
    public List<KnownFile> children(RawPath directory) {
        return children.apply(directory).stream().map(CatalogKnownFiles::known).toList();
    }

    @Override
    public Optional<KnownFile> known(RawPath path) {
        return known.apply(path).map(CatalogKnownFiles::known);
    }

    private static KnownFile known(KnownChild child) {
        return new KnownFile(child.name(), child.stat(), child.racy());
    }
}
