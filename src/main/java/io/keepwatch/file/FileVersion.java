package io.keepwatch.file;

import java.time.Instant;
import java.util.Optional;

/**
 * A file's state at a time. No {@code meta} means: the path was gone at that time. {@code hash} is present for regular
 * files whose content was read. {@code inconsistent} says that the file changed while it was read, every time it was
 * tried, so that the content may mix two states.
 *
 * @param root the configured name of the root, unique on a host
 * @param observed when the state was seen (wall clock)
 */
public record FileVersion(
        String root,
        RawPath path,
        Instant observed,
        Optional<FileMeta> meta,
        Optional<Sha256> hash,
        boolean inconsistent) {

    public static FileVersion deleted(String root, RawPath path, Instant observed) {
        return new FileVersion(root, path, observed, Optional.empty(), Optional.empty(), false);
    }

    public boolean isDeletion() {
        return meta.isEmpty();
    }

    /** Whether it has bytes to store: a regular file. */
    public boolean hasContent() {
        return meta.isPresent() && meta.get().stat().type() == FileType.REGULAR;
    }
}
