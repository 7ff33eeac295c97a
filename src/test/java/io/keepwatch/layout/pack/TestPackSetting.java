package io.keepwatch.layout.pack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What a configuration says about packs: everything for a day, and nothing is locked or waited for. */
public final class TestPackSetting {
    static final Duration KEEP_ALL = Duration.ofHours(24);

    private TestPackSetting() {}

    public static PackSetting of(Path spool) {
        return of(spool, PackCipher.NONE);
    }

    public static PackSetting of(Path spool, PackCipher cipher) {
        return of("k", "h", spool, cipher, Optional.empty());
    }

    static PackSetting of(String prefix, String host, Path spool, PackCipher cipher, Optional<Duration> objectLock) {
        return new PackSetting(
                "b",
                prefix,
                host,
                spool,
                cipher.isEncrypting() ? PackOptions.ENCRYPTED : PackOptions.DEFAULT,
                cipher,
                KEEP_ALL,
                PackSetting.GRACE,
                Duration.ZERO,
                objectLock);
    }
}
