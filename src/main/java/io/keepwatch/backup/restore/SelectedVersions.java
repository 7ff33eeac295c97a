package io.keepwatch.backup.restore;

import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileType;
import io.keepwatch.file.RawPath;
import io.keepwatch.layout.StoredVersion;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The versions of one root that a request selects, counted once and then read again each time: a million versions are never
 * in memory together.
 */
final class SelectedVersions {
    private final Selection selection;
    private final VersionSource source;
    private final Optional<Instant> at;
    private final Set<RawPath> leaders = new HashSet<>();
    private long entries;
    private long bytes;

    SelectedVersions(Selection selection, VersionSource source, Optional<Instant> at) {
        this.selection = selection;
        this.source = source;
        this.at = at;
        forEach(
                (stored, meta) -> {
                    entries++;
                    meta.hardLinkLeader().ifPresent(leaders::add);
                    bytes += meta.hardLinkLeader().isPresent() ? 0 : VersionRestore.contentBytes(meta);
                },
                (path, meta) -> {});
    }

    /** In the order of paths; {@code aside} gets directories that are not selected. */
    void forEach(BiConsumer<StoredVersion, FileMeta> each, BiConsumer<RawPath, FileMeta> aside) {
        source.forEachAt(selection.root().name(), selection.prefix(), at, stored -> {
            Optional<FileMeta> meta = stored.version().meta();
            RawPath path = stored.version().path();
            if (meta.isEmpty()) {
                return;
            }
            if (selection.selects(path)) {
                each.accept(stored, meta.get());
            } else if (meta.get().stat().type() == FileType.DIRECTORY) {
                aside.accept(path, meta.get());
            }
        });
    }

    /** Whether other names of the file at this path are selected. How many it had when it was stored does not tell. */
    boolean hasMoreNames(RawPath leader) {
        return leaders.contains(leader);
    }

    String root() {
        return selection.root().name();
    }

    RestoreRoot restoreRoot() {
        return selection.root();
    }

    long entries() {
        return entries;
    }

    /** Of file contents, each hard-linked file counted once. */
    long bytes() {
        return bytes;
    }
}
