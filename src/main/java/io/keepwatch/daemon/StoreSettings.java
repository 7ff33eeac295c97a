package io.keepwatch.daemon;

import io.keepwatch.backup.WatchedRoots;
import io.keepwatch.catalog.Retention;
import io.keepwatch.catalog.RetentionOverride;
import io.keepwatch.catalog.RetentionRules;
import io.keepwatch.config.BandwidthConfig;
import io.keepwatch.config.Config;
import io.keepwatch.config.CredentialsConfig;
import io.keepwatch.config.EncryptionConfig;
import io.keepwatch.config.ObjectLockConfig;
import io.keepwatch.config.PathRetention;
import io.keepwatch.config.PriceConfig;
import io.keepwatch.config.RetentionConfig;
import io.keepwatch.config.S3Config;
import io.keepwatch.layout.pack.AgeCipher;
import io.keepwatch.layout.pack.AgeIdentity;
import io.keepwatch.layout.pack.PackCipher;
import io.keepwatch.layout.pack.PackOptions;
import io.keepwatch.layout.pack.PackSetting;
import io.keepwatch.source.IgnorePatterns;
import io.keepwatch.store.BandwidthTimetable;
import io.keepwatch.store.PriceTable;
import io.keepwatch.store.RequestClass;
import io.keepwatch.store.S3Options;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The store's part of the configuration in the store's own records. */
final class StoreSettings {
    static final BandwidthTimetable NO_LIMIT =
            new BandwidthTimetable(Optional.empty(), List.of(), ZoneId.systemDefault());

    private StoreSettings() {}

    static S3Options s3(Config config) {
        S3Config s3 = config.store().s3().orElseThrow(() -> new IllegalArgumentException("no store.s3 is configured"));
        return new S3Options(
                s3.endpoint(),
                s3.region(),
                s3.bucket(),
                s3.prefix(),
                pathStyle(s3.pathStyle()),
                s3.credentials().map(StoreSettings::credentials).orElseGet(S3Options.Credentials.DefaultChain::new),
                sse(s3),
                s3.storageClass(),
                s3.objectLock()
                        .map(lock -> new S3Options.ObjectLock(
                                lock.mode() == ObjectLockConfig.Mode.COMPLIANCE
                                        ? S3Options.ObjectLock.Mode.COMPLIANCE
                                        : S3Options.ObjectLock.Mode.GOVERNANCE,
                                lock.days())),
                checksums(s3.checksum()),
                config.store().concurrency(),
                S3Options.Multipart.DEFAULT,
                S3Options.Timeouts.DEFAULT);
    }

    /** Throws IOException where the identity that is configured cannot be read. */
    static PackSetting packs(Config config, String prefix) throws IOException {
        Optional<EncryptionConfig> encryption = config.store().encryption();
        return new PackSetting(
                config.store().s3().map(StoreSettings::place).orElse("embedded"),
                prefix,
                config.host(),
                config.state().resolve("packs"),
                encryption.isPresent() ? PackOptions.ENCRYPTED : PackOptions.DEFAULT,
                encryption.isPresent() ? cipher(encryption.get()) : PackCipher.NONE,
                config.store().retention().standard().keepAll(),
                PackSetting.GRACE,
                PackSetting.SETTLE,
                objectLock(config));
    }

    /** For how long a new object is locked, where it is. */
    static Optional<Duration> objectLock(Config config) {
        return config.store().s3().flatMap(S3Config::objectLock).map(lock -> Duration.ofDays(lock.days()));
    }

    private static String place(S3Config s3) {
        return s3.endpoint().map(URI::toString).orElse("aws") + " " + s3.bucket();
    }

    private static PackCipher cipher(EncryptionConfig encryption) throws IOException {
        Optional<Path> file = encryption.identity();
        return AgeCipher.of(
                encryption.recipients(),
                file.isPresent() ? Optional.of(AgeIdentity.read(file.get())) : Optional.empty());
    }

    static WatchedRoots roots(Config config) {
        Map<String, Path> paths = new LinkedHashMap<>();
        config.roots().forEach(root -> paths.put(root.name(), root.path()));
        return new WatchedRoots(paths);
    }

    static RetentionRules retention(Config config) {
        RetentionConfig retention = config.store().retention();
        return new RetentionRules(
                retention(retention.standard()),
                retention.paths().stream().map(StoreSettings::override).toList());
    }

    private static RetentionOverride override(PathRetention paths) {
        IgnorePatterns patterns = new IgnorePatterns(paths.match());
        return new RetentionOverride((root, path) -> patterns.matchOrInherited(path, false), retention(paths.rule()));
    }

    private static Retention retention(RetentionConfig.Rule rule) {
        return new Retention(rule.keepAll(), rule.hourly(), rule.daily(), rule.weekly(), rule.monthly(), rule.yearly());
    }

    /** Empty where nothing limits the uploads at any time. */
    static Optional<BandwidthTimetable> uploads(Config config) {
        BandwidthConfig bandwidth = config.store().bandwidth();
        if (bandwidth.limit().isEmpty() && bandwidth.timetable().isEmpty()) {
            return Optional.empty();
        }
        List<BandwidthTimetable.Entry> entries = bandwidth.timetable().stream()
                .map(entry -> new BandwidthTimetable.Entry(
                        entry.days(), entry.from(), entry.to(), Optional.of(entry.limit())))
                .toList();
        return Optional.of(new BandwidthTimetable(bandwidth.limit(), entries, bandwidth.timezone()));
    }

    static PriceTable prices(Config config) {
        PriceConfig prices = config.store().prices();
        Map<RequestClass, BigDecimal> perThousand = new EnumMap<>(RequestClass.class);
        for (RequestClass write : List.of(RequestClass.PUT, RequestClass.COPY, RequestClass.POST)) {
            perThousand.put(write, prices.putPer1000());
        }
        perThousand.put(RequestClass.LIST, prices.listPer1000());
        perThousand.put(RequestClass.GET, prices.getPer1000());
        perThousand.put(RequestClass.HEAD, prices.getPer1000());
        return new PriceTable(prices.currency(), perThousand, prices.storageGbMonth(), prices.egressGb());
    }

    private static S3Options.Credentials credentials(CredentialsConfig credentials) {
        return credentials
                .profile()
                .<S3Options.Credentials>map(S3Options.Credentials.Profile::new)
                .or(() -> credentials.file().map(S3Options.Credentials.CredentialsFile::new))
                .orElseGet(S3Options.Credentials.DefaultChain::new);
    }

    private static S3Options.Sse sse(S3Config s3) {
        return switch (s3.sse()) {
            case NONE -> new S3Options.Sse.None();
            case AES256 -> new S3Options.Sse.Aes256();
            case AWS_KMS -> new S3Options.Sse.Kms(s3.sseKmsKey());
        };
    }

    private static S3Options.PathStyle pathStyle(S3Config.PathStyle style) {
        return switch (style) {
            case AUTO -> S3Options.PathStyle.AUTO;
            case TRUE -> S3Options.PathStyle.ALWAYS;
            case FALSE -> S3Options.PathStyle.NEVER;
        };
    }

    private static S3Options.ChecksumMode checksums(S3Config.Checksum checksum) {
        return switch (checksum) {
            case AUTO -> S3Options.ChecksumMode.AUTO;
            case WHEN_REQUIRED -> S3Options.ChecksumMode.WHEN_REQUIRED;
            case WHEN_SUPPORTED -> S3Options.ChecksumMode.WHEN_SUPPORTED;
        };
    }
}
