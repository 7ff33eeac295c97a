package io.keepwatch.daemon;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.StatReader;
import io.keepwatch.source.RootOptions;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the other names of a hard-linked file. The kernel tells of a change under the one name that was used for it, and
 * of a new or removed name alone, but what is stored of the other names changes too. Blocks; any thread.
 */
final class LinkedNames {
    private final RootOptions root;
    private final CatalogReader catalog;

    LinkedNames(RootOptions root, CatalogReader catalog) {
        this.root = root;
        this.catalog = catalog;
    }

    /** The paths, and every known name of the files that are or were there. */
    List<RawPath> with(List<RawPath> paths) {
        Set<RawPath> all = new LinkedHashSet<>(paths);
        Set<Inode> asked = new HashSet<>();
        for (RawPath path : paths) {
            Stream.concat(present(path).stream(), known(path).stream())
                    .filter(stat -> stat.type() == FileType.REGULAR && stat.links() > 1)
                    .filter(stat -> asked.add(new Inode(stat.device(), stat.inode())))
                    .forEach(stat -> all.addAll(catalog.namesOf(root.name(), stat)));
        }
        return List.copyOf(all);
    }

    private record Inode(long device, long number) {}

    private Optional<FileStat> present(RawPath path) {
        try {
            return Optional.of(StatReader.lstat(path.under(root.path())));
        } catch (IOException e) {
            // It is gone, or the comparison tells what is wrong with it.
            return Optional.empty();
        }
    }

    private Optional<FileStat> known(RawPath path) {
        return catalog.known(root.name(), path).map(known -> known.stat());
    }
}
