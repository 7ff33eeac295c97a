package io.keepwatch.catalog;

import io.keepwatch.file.FileStat;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Git's rule of the racily clean entry: a stat that was taken right after a change may hide a second change with the
 * same times. A file system that keeps whole seconds hides more than one with a finer clock, whose ticks are a few
 * milliseconds.
 */
final class Racy {
    private static final Duration WHOLE_SECONDS = Duration.ofSeconds(2);
    private static final Duration FINER = Duration.ofMillis(100);

    private Racy() {}

    static boolean is(FileStat stat, Instant observed) {
        boolean wholeSeconds = stat.changed().equals(stat.changed().truncatedTo(ChronoUnit.SECONDS));
        Duration limit = wholeSeconds ? WHOLE_SECONDS : FINER;
        return Duration.between(stat.changed(), observed).compareTo(limit) < 0;
    }
}
