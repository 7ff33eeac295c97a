package io.keepwatch.layout.mirror;

import java.time.Duration;

/**
 * Settings of the mirror layout.
 *
 * @param keepDeleted how long a deleted file stays restorable in a bucket that keeps no versions of its own; it is
 *     removed up to a month later. A file over 5 GiB is not kept, because S3 does not copy it in one request. Zero: a deleted file is gone at once
 */
public record MirrorOptions(Duration keepDeleted) {
    /** Throws IllegalArgumentException for a negative duration. */
    public MirrorOptions {
        if (keepDeleted.isNegative()) {
            throw new IllegalArgumentException(
                    "keep_deleted is \"" + keepDeleted + "\", but a file is kept for 0 or longer; for example 30d");
        }
    }

    public static MirrorOptions defaults() {
        return new MirrorOptions(Duration.ofDays(30));
    }
}
