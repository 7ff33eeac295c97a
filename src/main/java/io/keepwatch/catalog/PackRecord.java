package io.keepwatch.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * A pack as the catalog keeps it.
 *
 * @param name its place in the bucket, in the layout's own words; it begins with a digit, and versions whose journal line
 *     it holds have it as their location
 * @param bytes the size of its object
 * @param etag of its object, without quotes: the MD5 in hex where the store says so
 * @param lockedUntil its object cannot be removed before that time, in whole seconds
 */
public record PackRecord(
        String name, int level, PackNumber number, long bytes, String etag, Optional<Instant> lockedUntil) {
    public PackRecord(String name, int level, PackNumber number, long bytes, String etag) {
        this(name, level, number, bytes, etag, Optional.empty());
    }
}
