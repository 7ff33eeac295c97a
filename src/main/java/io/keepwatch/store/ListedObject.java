package io.keepwatch.store;

import java.time.Instant;

/**
 * What a list says of an object. The ETag is quoted as the server gave it and opaque. {@code modified}: when the object
 * was stored, by the server's clock; some servers tell whole seconds only.
 */
public record ListedObject(String key, long sizeBytes, String etag, Instant modified) {}
