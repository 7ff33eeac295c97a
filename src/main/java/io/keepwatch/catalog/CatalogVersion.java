package io.keepwatch.catalog;

import io.keepwatch.file.FileVersion;
import java.time.Instant;
import java.util.Optional;

/**
 * One row of the catalog.
 *
 * @param id never given to another row
 * @param location where the layout put it; present once durable
 * @param durable when the store acknowledged it; empty before, and for a version adopted from the bucket
 * @param firstSeen when the first change was observed that this row stands for
 * @param attempts how many uploads of it did not succeed
 */
public record CatalogVersion(
        long id,
        FileVersion version,
        State state,
        Optional<String> location,
        Optional<Instant> durable,
        Instant firstSeen,
        int attempts) {}
