package io.keepwatch.layout;

import io.keepwatch.file.Content;
import io.keepwatch.file.FileVersion;
import java.util.Optional;

/**
 * A version that is to be stored.
 *
 * @param version with its hash, if it is a regular file
 * @param content the bytes of a regular file; empty for everything else. Reading it throws where the file is no longer
 *     what was hashed
 * @param previous the newest stored version of the same path
 * @param sameContent a stored version of any path with the same hash, from which the bytes may be copied
 */
public record PendingVersion(
        FileVersion version,
        Optional<Content> content,
        Optional<StoredVersion> previous,
        Optional<StoredVersion> sameContent) {}
