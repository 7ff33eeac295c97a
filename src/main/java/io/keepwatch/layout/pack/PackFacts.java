package io.keepwatch.layout.pack;

import io.keepwatch.store.ListedObject;
import io.keepwatch.store.ObjectInfo;

/**
 * What is known of a pack's object without reading it.
 *
 * @param bytes the size of the object, after encryption
 * @param etag without quotes: the MD5 in hex before the store has answered, and then what it answered
 */
public record PackFacts(PackName name, long bytes, String etag) {
    static PackFacts of(PackName name, ListedObject listed) {
        return new PackFacts(name, listed.sizeBytes(), bare(listed.etag()));
    }

    /** The same with the ETag that the store answered. */
    PackFacts answered(ObjectInfo info) {
        return new PackFacts(name, bytes, bare(info.etag()));
    }

    /** Whether an object is this pack, as far as its size and ETag tell. */
    boolean looksLike(long sizeBytes, String quotedEtag) {
        return bytes == sizeBytes && etag.equals(bare(quotedEtag));
    }

    private static String bare(String quotedEtag) {
        return quotedEtag.replace("\"", "");
    }
}
