package io.keepwatch.layout.pack;

import io.keepwatch.file.Sha256;
import java.util.Optional;

/** Contents that are still on this machine, so that a pack is rewritten without reading it back. Any thread; blocks. */
@FunctionalInterface
public interface LocalContents {
    LocalContents NONE = (hash, sizeBytes) -> Optional.empty();

    /** The bytes of a content of this size, if a file has them; the caller compares the hash. Never throws for a file. */
    Optional<byte[]> find(Sha256 hash, long sizeBytes);
}
