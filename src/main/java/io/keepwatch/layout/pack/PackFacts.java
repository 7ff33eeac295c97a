package io.keepwatch.layout.pack;

import io.keepwatch.store.ListedObject;
import io.keepwatch.store.ObjectInfo;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of a pack's object without reading it.
 *
 * @param bytes the size of the object, after encryption
 * @param etag without quotes: the MD5 in hex before the store has answered, and then what it answered; of one that is
 *     composed, where only the store can know it, a mark until then that its object has as metadata
 * @param lockedUntil the object cannot be removed before that time, at least, as far as is known
 */
public record PackFacts(PackName name, long bytes, String etag, Optional<Instant> lockedUntil) {
    private static final String MARK = "kw-composed";
    private static final String MARKED = "composed-";

    public PackFacts(PackName name, long bytes, String etag) {
        this(name, bytes, etag, Optional.empty());
    }

    static PackFacts of(PackName name, ListedObject listed) {
        return new PackFacts(name, listed.sizeBytes(), bare(listed.etag()));
    }

    /** A pack that the store makes out of others. No other writer has this mark, however much its packs are the same. */
    static PackFacts composed(PackName name, long bytes) {
        return new PackFacts(name, bytes, MARKED + UUID.randomUUID());
    }

    /** Whether the store has not answered yet. */
    boolean isMarked() {
        return etag.startsWith(MARKED);
    }

    /** What the object is put with. */
    Map<String, String> metadata() {
        return isMarked() ? Map.of(MARK, etag) : Map.of();
    }

    /** Whether an object is this pack, whether its store has answered or not. */
    boolean isObject(ObjectInfo info) {
        return isMarked()
                ? bytes == info.sizeBytes() && etag.equals(info.metadata().get(MARK))
                : looksLike(info.sizeBytes(), info.etag());
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
