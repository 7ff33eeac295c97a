package io.keepwatch.store;

import java.util.Optional;

/** What to read: a whole object, or a range of it; the newest, or one version of a bucket that keeps versions. */
public record GetObject(String key, Optional<String> versionId, Optional<Range> range) {
    public static GetObject whole(String key) {
        return new GetObject(key, Optional.empty(), Optional.empty());
    }

    public static GetObject range(String key, Range range) {
        return new GetObject(key, Optional.empty(), Optional.of(range));
    }

    /** A part of an object. Where it holds no byte of the object, the request fails as permanent. */
    public sealed interface Range {
        /** As HTTP writes it. */
        String text();
    }

    /** Bytes {@code first} to {@code last}, both included, as in HTTP. */
    public record ByteRange(long first, long last) implements Range {
        public ByteRange {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("a range goes from 0 or more to no less: " + first + "-" + last);
            }
        }

        @Override
        public String text() {
            return first + "-" + last;
        }
    }

    /** So many bytes at the end, or the whole object where it has fewer. */
    public record LastBytes(long count) implements Range {
        public LastBytes {
            if (count < 1) {
                throw new IllegalArgumentException("the last bytes are 1 or more, but this is " + count);
            }
        }

        @Override
        public String text() {
            return "-" + count;
        }
    }
}
