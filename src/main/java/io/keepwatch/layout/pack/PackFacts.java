package io.keepwatch.layout.pack;

import io.keepwatch.store.ListedObject;
import io.keepwatch.store.ObjectInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a pack's object without reading it.
 *
 * @param bytes the size of the object, after encryption
 * @param etag without quotes: the MD5 in hex before the store has answered, and then what it answered
 * @param lockedUntil the object cannot be removed before that time, at least, as far as is known
 */
public record PackFacts(PackName name, long bytes, String etag, Optional<Instant> lockedUntil) {
    public PackFacts(PackName name, long bytes, String etag) {
        this(name, bytes, etag, Optional.empty());
    }

    static PackFacts of(PackName name, ListedObject listed) {
        return new PackFacts(name, listed.sizeBytes(), bare(listed.etag()));
    }

    /** The same with the ETag that the store answered. */
    PackFacts answered(ObjectInfo info) {
        return new PackFacts(name, bytes, bare(info.etag()), lockedUntil);
    }

    PackFacts locked(Instant until) {
        return new PackFacts(name, bytes, etag, Optional.of(until));
    }

    boolean isLockedAt(Instant time) {
        return lockedUntil.filter(time::isBefore).isPresent();
    }

    /** Whether an object is this pack, as far as its size and ETag tell. */
    boolean looksLike(long sizeBytes, String quotedEtag) {
        return bytes == sizeBytes && etag.equals(bare(quotedEtag));
    }

    private static String bare(String quotedEtag) {
        return quotedEtag.replace("\"", "");
    }
}
