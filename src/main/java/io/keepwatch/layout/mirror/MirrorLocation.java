package io.keepwatch.layout.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keepwatch.layout.Location;
import io.keepwatch.store.ObjectInfo;
import java.util.Optional;

/**
 * Where a version was put: {@code {"key","etag","version"}}. A deletion has a key only. {@code versionId} is present in a
 * bucket that keeps versions.
 */
record MirrorLocation(String key, Optional<String> etag, Optional<String> versionId) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static MirrorLocation of(ObjectInfo info) {
        return new MirrorLocation(info.key(), Optional.of(info.etag()), info.versionId());
    }

    static MirrorLocation deleted(String key) {
        return new MirrorLocation(key, Optional.empty(), Optional.empty());
    }

    Location toLocation() {
        ObjectNode json = JSON.createObjectNode().put("key", key);
        etag.ifPresent(value -> json.put("etag", value));
        versionId.ifPresent(value -> json.put("version", value));
        return new Location(json.toString());
    }

    /** Throws IllegalArgumentException for a location that the mirror layout did not make. */
    static MirrorLocation parse(Location location) {
        try {
            JsonNode json = JSON.readTree(location.text());
            if (json.path("key").isTextual()) {
                return new MirrorLocation(json.path("key").textValue(), text(json, "etag"), text(json, "version"));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(explain(location), e);
        }
        throw new IllegalArgumentException(explain(location));
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.ofNullable(json.path(name).textValue());
    }

    private static String explain(Location location) {
        return "location \"" + location.text()
                + "\" was not written by the mirror layout: the catalog belongs to another" + " layout";
    }
}
