package io.keepwatch.layout;

import java.util.function.Consumer;

/**
 * What to compare the bucket with.
 *
 * @param expected gives every current version the catalog holds as durable, in any order
 * @param problem called with one sentence for each difference, one after the other
 */
public record VerifyRequest(Expected expected, Consumer<String> problem) {
    /** A pass over the catalog, which may be longer than memory; blocks. */
    public interface Expected {
        void forEach(Consumer<StoredVersion> each);
    }
}
