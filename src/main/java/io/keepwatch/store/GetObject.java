package io.keepwatch.store;

import java.util.Optional;

/** What to read: a whole object, or a range of it; the newest, or one version of a bucket that keeps versions. */
public record GetObject(String key, Optional<String> versionId, Optional<ByteRange> range) {
    public static GetObject whole(String key) {
        return new GetObject(key, Optional.empty(), Optional.empty());
    }

    /** Bytes {@code first} to {@code last}, both included, as in HTTP. */
    public record ByteRange(long first, long last) {
        public ByteRange {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("a range goes from 0 or more to no less: " + first + "-" + last);
            }
        }
    }
}
