package io.keepwatch.catalog;

import io.keepwatch.file.RawPath;
import java.time.Instant;
import java.util.Optional;

/**
 * A directory as it is stored.
 *
 * @param at the time whose state is wanted; without it, the newest that is durable
 * @param withDeletions whether paths that were gone by then are given too
 */
public record DirectoryQuery(String root, RawPath directory, Optional<Instant> at, boolean withDeletions) {}
