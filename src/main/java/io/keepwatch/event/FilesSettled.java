package io.keepwatch.event;

import io.keepwatch.file.RawPath;
import java.time.Instant;
import java.util.List;

/** These paths changed and were then quiet long enough to be read. */
public record FilesSettled(Instant at, String root, List<RawPath> paths) implements Event {
    public FilesSettled {
        paths = List.copyOf(paths);
    }
}
