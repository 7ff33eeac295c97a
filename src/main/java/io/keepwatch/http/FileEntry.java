package io.keepwatch.http;

import java.time.Instant;
import java.util.Optional;

/**
 * What a directory holds under one name. Names and paths are escaped so that they are safe to show, and can be sent back.
 *
 * @param version the number of the version in the catalog
 * @param deleted then there is nothing to say of type, size, mode, owner and times but when it was observed
 */
public record FileEntry(
        long version,
        String name,
        String path,
        boolean deleted,
        Optional<String> type,
        Optional<Long> sizeBytes,
        Optional<String> mode,
        Optional<String> owner,
        Optional<Instant> modified,
        Instant observed,
        Optional<Instant> durable,
        Optional<String> sha256,
        Optional<String> linkTarget,
        boolean inconsistent) {

    /** One version of a path. */
    public record Version(
            long version,
            String state,
            boolean deleted,
            Optional<String> type,
            Optional<Long> sizeBytes,
            Optional<String> mode,
            Optional<String> owner,
            Optional<Instant> modified,
            Instant observed,
            Optional<Instant> durable,
            Optional<String> sha256,
            Optional<String> linkTarget,
            boolean inconsistent) {}

    /** This as a version of its path. */
    public Version in(String state) {
        return new Version(
                version,
                state,
                deleted,
                type,
                sizeBytes,
                mode,
                owner,
                modified,
                observed,
                durable,
                sha256,
                linkTarget,
                inconsistent);
    }
}
