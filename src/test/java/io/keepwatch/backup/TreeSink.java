package io.keepwatch.backup;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.KnownChild;
import io.keepwatch.catalog.PendingChange;
import io.keepwatch.event.FileSkipped;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.source.KnownFile;
import io.keepwatch.source.KnownFiles;
import io.keepwatch.source.ObservedFile;
import io.keepwatch.source.ReconcileSink;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Connects a comparison of the tree with a catalog, as the daemon does. */
record TreeSink(String root, Catalog catalog, Clock clock) implements ReconcileSink, KnownFiles {
    @Override
    public void changed(List<ObservedFile> batch) {
        batch.forEach(file -> pending(file.path(), file.stat()));
    }

    void pending(RawPath path, FileStat stat) {
        FileMeta meta =
                new FileMeta(stat, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
        add(new FileVersion(root, path, clock.instant(), Optional.of(meta), Optional.empty(), false));
    }

    @Override
    public void gone(RawPath path, boolean wasDirectory) {
        if (wasDirectory) {
            catalog.addPendingDeletions(root, path, clock.instant()).join();
        } else {
            add(FileVersion.deleted(root, path, clock.instant()));
        }
    }

    private void add(FileVersion version) {
        catalog.addPending(List.of(new PendingChange(version, false))).join();
    }

    @Override
    public void skipped(FileSkipped event) {}

    @Override
    public List<KnownFile> children(RawPath directory) {
        return reader().children(root, directory).stream().map(TreeSink::known).toList();
    }

    @Override
    public Optional<KnownFile> known(RawPath path) {
        return reader().known(root, path).map(TreeSink::known);
    }

    private CatalogReader reader() {
        return catalog.reader();
    }

    private static KnownFile known(KnownChild child) {
        return new KnownFile(child.name(), child.stat(), child.racy());
    }
}
