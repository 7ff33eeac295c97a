package io.keepwatch.store;

import java.util.Map;

/**
 * What to store under which key. {@code onlyIfAbsent}: fail with {@link StoreException.AlreadyExists} where the key is
 * taken. A key or metadata outside the limits of {@link ObjectStore} is an IllegalArgumentException.
 */
public record PutObject(String key, Map<String, String> metadata, boolean onlyIfAbsent) {
    public PutObject {
        ObjectLimits.checkKey(key);
        ObjectLimits.checkMetadata(key, metadata);
        metadata = Map.copyOf(metadata);
    }
}
