package io.keepwatch.catalog;

import io.keepwatch.file.FileStat;
import java.util.List;

/** Asks for the current versions of regular files in a root that were last seen as one inode. */
@FunctionalInterface
public interface FileNames {
    List<CatalogVersion> of(String root, FileStat stat);
}
