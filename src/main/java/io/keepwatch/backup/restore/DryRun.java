package io.keepwatch.backup.restore;

import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.HeldEntry;
import io.keepwatch.file.RawPath;
import io.keepwatch.layout.StoredVersion;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Tells what a restore would do, without changing anything in the target. Reads existing files that may be equal. */
final class DryRun {
    private final SelectedVersions selected;
    private final Optional<HeldTree> tree;
    private final Decider decider;
    private final Tally tally;

    /** Without a tree, the target does not exist yet. */
    DryRun(SelectedVersions selected, Optional<HeldTree> tree, Decider decider, Tally tally) {
        this.selected = selected;
        this.tree = tree;
        this.decider = decider;
        this.tally = tally;
    }

    void run() {
        selected.forEach(this::look, (path, meta) -> {});
    }

    private void look(StoredVersion stored, FileMeta meta) {
        RawPath path = stored.version().path();
        try {
            Decision decision = decide(stored, meta);
            if (decision instanceof Decision.Place) {
                tally.restored(meta.hardLinkLeader().isPresent() ? 0 : VersionRestore.contentBytes(meta));
            } else if (decision instanceof Decision.Skip skip) {
                tally.skipped(selected.root(), path, skip.reason());
            } else {
                tally.unchanged(VersionRestore.contentBytes(meta));
            }
        } catch (IOException e) {
            tally.failed(selected.root(), path, String.valueOf(e.getMessage()));
        }
    }

    private Decision decide(StoredVersion stored, FileMeta meta) throws IOException {
        if (tree.isEmpty()) {
            return new Decision.Place(false);
        }
        RawPath path = stored.version().path();
        return meta.stat().type() == FileType.DIRECTORY
                ? directory(tree.get(), path)
                : decider.decide(tree.get(), path, stored.version(), meta);
    }

    private static Decision directory(HeldTree tree, RawPath path) throws IOException {
        try (HeldEntry existing = tree.entry(path)) {
            FileStat stat = existing.stat();
            return stat.type() == FileType.DIRECTORY
                    ? new Decision.Unchanged(stat)
                    : new Decision.Skip("a " + stat.type() + " is where this directory was");
        } catch (NoSuchFileException e) {
            return new Decision.Place(false);
        }
    }
}
