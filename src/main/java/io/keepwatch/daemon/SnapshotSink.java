package io.keepwatch.daemon;

import io.keepwatch.backup.SnapshotUpload;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.event.FileSkipped;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.StatReader;
import io.keepwatch.snapshot.FrozenFiles;
import io.keepwatch.source.ObservedFile;
import io.keepwatch.source.ReconcileSink;
import io.keepwatch.source.RootOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has stored what differs between a snapshot of a root and what is durable. What the snapshot does not hold (other file
 * systems, other subvolumes) says nothing here: it is left out, or refused where it belongs to the backup. One thread.
 */
final class SnapshotSink implements ReconcileSink {
    private static final int MOST_TOLD = 5;

    private final RootOptions root;
    private final Path view;
    private final FrozenFiles frozen;
    private final CatalogReader catalog;
    private final SnapshotUpload upload;
    private final Instant at;
    private final List<RawPath> leftOut;
    private final List<String> skipped = new ArrayList<>();

    /**
     * @param view where the snapshot shows the root
     * @param leftOut where other file systems are mounted that do not belong to the backup
     */
    SnapshotSink(
            RootOptions root,
            Path view,
            FrozenFiles frozen,
            CatalogReader catalog,
            SnapshotUpload upload,
            Instant at,
            List<RawPath> leftOut) {
        this.root = root;
        this.view = view;
        this.frozen = frozen;
        this.catalog = catalog;
        this.upload = upload;
        this.at = at;
        this.leftOut = new ArrayList<>(leftOut);
    }

    /** Throws UncheckedIOException where something could not be stored, or must not be left out. */
    @Override
    public void changed(List<ObservedFile> batch) {
        for (ObservedFile file : batch) {
            if (!isLeftOut(file.path(), file.stat())) {
                FileMeta meta = new FileMeta(
                        file.stat(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
                add(new FileVersion(root.name(), file.path(), at, Optional.of(meta), Optional.empty(), false));
            }
        }
    }

    @Override
    public void gone(RawPath path, boolean wasDirectory) {
        RawPath parent = path.parent().orElse(RawPath.ROOT);
        try {
            if (isLeftOut(path) || isLeftOut(parent, StatReader.lstat(parent.under(view)))) {
                return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<RawPath> gone = new ArrayList<>(List.of(path));
        if (wasDirectory) {
            catalog.forEachAt(
                    root.name(),
                    path,
                    Optional.empty(),
                    false,
                    row -> gone.add(row.version().path()));
        }
        gone.forEach(one -> add(FileVersion.deleted(root.name(), one, at)));
    }

    /** The comparison of the files themselves tells of it. */
    @Override
    public void skipped(FileSkipped event) {
        if (skipped.size() < MOST_TOLD) {
            skipped.add("\"" + event.path() + "\": " + event.reason());
        }
    }

    /** What was passed over first, and why. */
    String skipped() {
        return String.join("; ", skipped);
    }

    private boolean isLeftOut(RawPath path) {
        return leftOut.stream().anyMatch(path::isWithin);
    }

    private boolean isLeftOut(RawPath path, FileStat stat) {
        if (isLeftOut(path)) {
            return true;
        }
        if (!frozen.leavesOut(stat)) {
            return false;
        }
        if (!root.oneFileSystem()) {
            throw new UncheckedIOException(new IOException("\"" + path + "\" in root \"" + root.name()
                    + "\" is a subvolume of its own, and a snapshot holds nothing of it: make it a root of its own and"
                    + " write a step for it, or exclude it"));
        }
        leftOut.add(path);
        return true;
    }

    private void add(FileVersion version) {
        try {
            upload.add(version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
