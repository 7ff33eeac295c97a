package io.keepwatch.source;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.RawPath;
import java.time.Instant;

/** A path that is new or differs from the record, as it was at that time. */
public record ObservedFile(RawPath path, FileStat stat, Instant observed) {}
