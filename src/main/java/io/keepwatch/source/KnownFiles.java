package io.keepwatch.source;

import io.keepwatch.file.RawPath;
import java.util.List;
import java.util.Optional;

/** The record that a tree is compared with: paths that exist, as last seen. Called by several threads at once; may block. */
public interface KnownFiles {
    /** The children of a directory that are on record, in any order; none for an unknown directory. */
    List<KnownFile> children(RawPath directory);

    Optional<KnownFile> known(RawPath path);
}
