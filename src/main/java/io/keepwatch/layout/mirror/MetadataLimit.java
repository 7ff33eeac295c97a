package io.keepwatch.layout.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keepwatch.file.Content;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.SmallObject;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.PutObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the metadata of an object within the 2 KB that S3 allows: the longest values move to an object of their own,
 * {@code ~meta/<sha256 of it>.json}, which {@code kw-meta} names. That object is stored first and serves every version
 * with the same values.
 */
final class MetadataLimit {
    static final String EXTRA = "kw-meta";

    /** AWS leaves open whether the prefix of the header counts, so it does. */
    private static final int LIMIT_BYTES = 2048;

    private static final int HEADER_BYTES = "x-amz-meta-".length();
    private static final int EXTRA_BYTES = HEADER_BYTES + EXTRA.length() + 64;
    /** Read without a second request, or by other tools. */
    private static final Set<String> NEVER_MOVED =
            Set.of(ObjectMetadata.TYPE, ObjectMetadata.OBSERVED, ObjectMetadata.HASH);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectStore store;
    private final MirrorKeys keys;

    MetadataLimit(ObjectStore store, MirrorKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /** The same values where they fit; else what remains, once the rest is stored. */
    CompletionStage<Map<String, String>> fit(Map<String, String> values) {
        if (size(values) <= LIMIT_BYTES) {
            return CompletableFuture.completedFuture(values);
        }
        Map<String, String> kept = new TreeMap<>(values);
        Map<String, String> moved = new TreeMap<>();
        while (size(kept) > LIMIT_BYTES - EXTRA_BYTES) {
            Map.Entry<String, String> longest = kept.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("kw-") && !NEVER_MOVED.contains(entry.getKey()))
                    .max(Comparator.comparingInt(entry -> entry.getValue().length()))
                    .orElseThrow();
            moved.put(longest.getKey(), longest.getValue());
            kept.remove(longest.getKey());
        }
        byte[] json = write(moved);
        Sha256 hash = Sha256.hash(json);
        kept.put(EXTRA, hash.hex());
        Content content = new MemoryContent(json);
        return store.put(new PutObject(keys.extra(hash), Map.of(), false), content)
                .thenApply(stored -> kept);
    }

    /** All values again. Fails with IllegalArgumentException where the object that holds the rest is gone or damaged. */
    CompletionStage<Map<String, String>> complete(Map<String, String> values) {
        String hash = values.get(EXTRA);
        if (hash == null) {
            return CompletableFuture.completedFuture(values);
        }
        String key = keys.extra(Sha256.ofHex(hash));
        return SmallObject.read(store, key).thenApply(found -> {
            byte[] json =
                    found.filter(bytes -> Sha256.hash(bytes).hex().equals(hash)).orElseThrow(() -> damaged(key));
            Map<String, String> all = new TreeMap<>(values);
            all.putAll(parse(key, json));
            return all;
        });
    }

    private static Map<String, String> parse(String key, byte[] json) {
        try {
            return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (IOException e) {
            throw damaged(key);
        }
    }

    private static IllegalArgumentException damaged(String key) {
        return new IllegalArgumentException(
                "object \"" + key + "\", which holds the metadata that did not fit, is gone or damaged");
    }

    private static byte[] write(Map<String, String> values) {
        try {
            return JSON.writeValueAsString(values).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts could not be written as JSON", e);
        }
    }

    private static int size(Map<String, String> values) {
        return values.entrySet().stream()
                .mapToInt(entry -> HEADER_BYTES
                        + entry.getKey().length()
                        + entry.getValue().length())
                .sum();
    }
}
