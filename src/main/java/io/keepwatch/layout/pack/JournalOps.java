package io.keepwatch.layout.pack;

import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.layout.PendingVersion;
import io.keepwatch.layout.StoredVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in one word what happened to each version of a flush, for whoever reads the journal. */
final class JournalOps {
    private final List<PendingVersion> versions;
    private final Set<Place> deleted;

    private record Place(String root, RawPath path) {
        static Place of(FileVersion version) {
            return new Place(version.root(), version.path());
        }
    }

    JournalOps(List<PendingVersion> versions) {
        this.versions = versions;
        this.deleted = versions.stream()
                .map(PendingVersion::version)
                .filter(FileVersion::isDeletion)
                .map(Place::of)
                .collect(Collectors.toSet());
    }

    JournalLine line(int index, ContentReference content) {
        PendingVersion pending = versions.get(index);
        FileVersion version = pending.version();
        if (version.isDeletion()) {
            return JournalLine.of(JournalOp.DELETE, version, content);
        }
        if (version.meta().flatMap(FileMeta::hardLinkLeader).isPresent()) {
            return JournalLine.of(JournalOp.LINK, version, content);
        }
        if (keepsContent(pending)) {
            return JournalLine.of(JournalOp.META, version, content);
        }
        return movedFrom(pending)
                .map(from -> new JournalLine(JournalOp.MOVE, version, Optional.of(from), content))
                .orElseGet(() -> JournalLine.of(JournalOp.PUT, version, content));
    }

    private static boolean keepsContent(PendingVersion pending) {
        return pending.previous()
                .map(StoredVersion::version)
                .filter(old -> !old.isDeletion()
                        && old.hash().equals(pending.version().hash())
                        && type(old).equals(type(pending.version())))
                .isPresent();
    }

    private static Optional<Object> type(FileVersion version) {
        return version.meta().map(meta -> meta.stat().type());
    }

    private Optional<RawPath> movedFrom(PendingVersion pending) {
        return pending.sameContent()
                .map(StoredVersion::version)
                .filter(same -> same.root().equals(pending.version().root()) && deleted.contains(Place.of(same)))
                .map(FileVersion::path);
    }
}
