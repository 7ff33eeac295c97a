package io.keepwatch.store;

import java.util.Map;

/** What to store under which key. {@code onlyIfAbsent}: fail with {@link StoreException.AlreadyExists} where the key is taken. */
public record PutObject(String key, Map<String, String> metadata, boolean onlyIfAbsent) {
    public PutObject {
        metadata = Map.copyOf(metadata);
    }
}
