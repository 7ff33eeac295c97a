package io.keepwatch.backup.restore;

import io.keepwatch.file.RawPath;
import io.keepwatch.layout.StoredVersion;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Knows which durable version each path had at a time. */
public interface VersionSource {
    /**
     * Gives, in the order of paths, the version that each path at or beneath the prefix had at that time (without a time:
     * the newest). Deleted paths are left out. Blocks, also while {@code each} works.
     */
    void forEachAt(String root, RawPath prefix, Optional<Instant> time, Consumer<StoredVersion> each);
}
