package io.keepwatch.layout.pack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a configuration says about packs.
 *
 * @param bucket tells it from others, with its server; what the store was found to do is remembered for it
 * @param prefix of all keys, without a slash at its end; may be empty
 * @param host the name of this machine in the bucket
 * @param spool a folder for packs on their way to the bucket; room for a few of them
 * @param keepAll how long every flush stays restorable, so that its pack is left alone
 * @param grace how long an object that nothing needs any more stays, for whoever still reads by an older catalog
 * @param settle how long a small write may be under way; waited for where a lease is taken
 * @param objectLock for how long the store locks a new object, if it does; locks of what is needed are renewed
 */
public record PackSetting(
        String bucket,
        String prefix,
        String host,
        Path spool,
        PackOptions options,
        PackCipher cipher,
        Duration keepAll,
        Duration grace,
        Duration settle,
        Optional<Duration> objectLock) {
    public static final Duration GRACE = Duration.ofHours(24);
    public static final Duration SETTLE = Duration.ofSeconds(5);

    /** The same on a store that locks nothing. */
    public PackSetting(
            String bucket,
            String prefix,
            String host,
            Path spool,
            PackOptions options,
            PackCipher cipher,
            Duration keepAll,
            Duration grace,
            Duration settle) {
        this(bucket, prefix, host, spool, options, cipher, keepAll, grace, settle, Optional.empty());
    }
}
