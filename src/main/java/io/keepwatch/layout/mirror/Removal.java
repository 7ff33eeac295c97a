package io.keepwatch.layout.mirror;

import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.layout.PendingVersion;
import io.keepwatch.layout.StoredVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects that go with one version of a flush: all of them for a deletion; the old one for a path whose key is another
 * now that it is, for example, a directory; often none.
 *
 * @param index of the version in its flush
 * @param gone the version that the object holds, where the catalog knows one
 */
record Removal(int index, FileVersion version, List<String> keys, Optional<StoredVersion> gone) {
    static Removal of(int index, PendingVersion pending, MirrorKeys keys) {
        FileVersion version = pending.version();
        Optional<StoredVersion> gone =
                pending.previous().filter(old -> !old.version().isDeletion());
        List<String> stale = pending.previous().isEmpty() && version.isDeletion()
                ? possibleKeys(version, keys)
                : gone.map(old -> List.of(MirrorLocation.parse(old.location()).key()))
                        .orElse(List.of());
        boolean replaced = !version.isDeletion() && stale.contains(keys.of(version));
        return new Removal(index, version, replaced ? List.of() : stale, gone);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** A path that the catalog never saw stored may still have an object, from a flush that ended in a crash. */
    private static List<String> possibleKeys(FileVersion version, MirrorKeys keys) {
        return Stream.of(FileType.REGULAR, FileType.SYMLINK)
                .map(type -> keys.of(version.root(), version.path(), type))
                .distinct()
                .toList();
    }
}
