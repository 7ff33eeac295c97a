package io.keepwatch.event;

import io.keepwatch.file.RawPath;
import java.time.Instant;
import java.util.List;

/**
 * These paths differ from the catalog, and the rows that say so are committed. A directory that is gone stands for all
 * beneath it. What the first comparison of a root finds is not told: nothing changed, it was not known before.
 */
public record FilesChanged(Instant at, String root, List<RawPath> paths) implements Event {
    public FilesChanged {
        paths = List.copyOf(paths);
    }
}
