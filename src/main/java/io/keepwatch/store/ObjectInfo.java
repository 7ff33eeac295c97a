package io.keepwatch.store;

import java.util.Map;
import java.util.Optional;

/**
 * What the store says of an object. The ETag is quoted as the server gave it and opaque. {@code versionId} is present
 * where the bucket keeps versions. The size after a copy is {@link #UNKNOWN_SIZE}: the server does not tell
 * it, and asking would cost a request.
 */
public record ObjectInfo(
        String key, long sizeBytes, String etag, Optional<String> versionId, Map<String, String> metadata) {
    public static final long UNKNOWN_SIZE = -1;

    public ObjectInfo {
        metadata = Map.copyOf(metadata);
    }
}
