package io.keepwatch.catalog;

import io.keepwatch.file.FileStat;
import java.time.Instant;

/**
 * A pending row that turned out to be no change.
 *
 * @param id of the pending row
 * @param stat as it is now; the current version keeps it, so that the next comparison finds nothing new
 * @param observed when the stat was taken
 */
public record Unchanged(long id, FileStat stat, Instant observed) {}
