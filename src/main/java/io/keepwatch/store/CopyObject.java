package io.keepwatch.store;

import java.util.Map;

/**
 * A copy within the bucket that replaces the metadata. It happens only while the source still has this ETag, else it
 * fails with {@link StoreException.SourceChanged}. Source and target may be the same key. At most 5 GiB.
 */
public record CopyObject(String sourceKey, String sourceEtag, String key, Map<String, String> metadata) {
    public CopyObject {
        ObjectLimits.checkKey(sourceKey);
        ObjectLimits.checkKey(key);
        ObjectLimits.checkMetadata(key, metadata);
        metadata = Map.copyOf(metadata);
    }
}
