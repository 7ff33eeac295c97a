package io.keepwatch.backup;

import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.FileNames;
import io.keepwatch.catalog.PendingChange;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.layout.PendingVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the names of a hard-linked file that must be looked at again once another of its names is stored. The kernel tells
 * of a change under the name by which it was made, and of no other. For one thread.
 */
final class OtherNames {
    private final FileNames names;

    OtherNames(FileNames names) {
        this.names = names;
    }

    /** Whether storing this can concern another name; needs no catalog. */
    static boolean mayConcern(PendingVersion stored) {
        return Stream.concat(
                        stored.version().meta().stream(),
                        stored.previous().flatMap(old -> old.version().meta()).stream())
                .anyMatch(OtherNames::isLinked);
    }

    List<PendingChange> toLookAt(PendingVersion stored, Instant now) {
        return Stream.concat(outdatedBy(stored.version()), leftBehind(stored))
                .distinct()
                .map(version -> new PendingChange(
                        new FileVersion(version.root(), version.path(), now, version.meta(), Optional.empty(), false),
                        false))
                .toList();
    }

    /** Names of the same file of which an older state is stored. */
    private Stream<FileVersion> outdatedBy(FileVersion stored) {
        return stored.meta().filter(OtherNames::isLinked).stream()
                .flatMap(meta -> namesOf(stored, meta.stat())
                        .filter(other -> other.meta()
                                .filter(known -> looksLike(known, meta))
                                .isEmpty()));
    }

    /**
     * The names of the file that this path was before. They may say that it leads them; and what was last written through
     * it changed them too, which nobody told.
     */
    private Stream<FileVersion> leftBehind(PendingVersion stored) {
        return stored.previous().flatMap(old -> old.version().meta()).filter(OtherNames::isLinked).stream()
                .filter(old -> stored.version()
                        .meta()
                        .filter(now -> now.stat().inode() == old.stat().inode())
                        .isEmpty())
                .flatMap(old -> namesOf(stored.version(), old.stat()));
    }

    private Stream<FileVersion> namesOf(FileVersion version, FileStat stat) {
        return names.of(version.root(), stat).stream()
                .map(CatalogVersion::version)
                .filter(other -> !other.path().equals(version.path()));
    }

    private static boolean isLinked(FileMeta meta) {
        return meta.stat().type() == FileType.REGULAR && meta.stat().links() > 1;
    }

    /**
     * The number of names, and with it the ctime, differs with each link; a restore shows nothing of it, unless the file had
     * only one name before.
     */
    private static boolean looksLike(FileMeta known, FileMeta now) {
        return known.stat().links() > 1
                && known.stat().sizeBytes() == now.stat().sizeBytes()
                && known.stat().modified().equals(now.stat().modified())
                && known.stat().mode() == now.stat().mode()
                && known.stat().uid() == now.stat().uid()
                && known.stat().gid() == now.stat().gid()
                && known.xattrs().equals(now.xattrs());
    }
}
