package io.keepwatch.source;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileStat;

/** What is on record of one path. {@code racy}: a later change could hide behind equal times, so it counts as changed. */
public record KnownFile(Bytes name, FileStat stat, boolean racy) {
    /** Whether what is there now differs from the record. */
    boolean differsFrom(FileStat now) {
        return racy
                || !stat.sameAs(now)
                || stat.mode() != now.mode()
                || stat.uid() != now.uid()
                || stat.gid() != now.gid();
    }
}
