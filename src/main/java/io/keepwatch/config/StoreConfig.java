package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.unit.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the backup goes, and how.
 *
 * @param keepDeleted how long versions of deleted files are kept
 * @param retention of past versions in the pack layout
 * @param catalogCopy how often a copy of the catalog goes to the bucket at most; empty for never
 * @param drill empty where nothing is read back by itself
 * @param concurrency uploads at a time
 * @param budget empty for no limit
 * @param s3 empty for the embedded S3 server
 * @param encryption empty where objects hold what they are called; only with {@link Layout#PACK}
 */
public record StoreConfig(
        Layout layout,
        Duration keepDeleted,
        RetentionConfig retention,
        Optional<Duration> catalogCopy,
        Optional<DrillConfig> drill,
        int concurrency,
        BandwidthConfig bandwidth,
        Optional<BudgetConfig> budget,
        Optional<S3Config> s3,
        Optional<EncryptionConfig> encryption,
        PriceConfig prices) {
    /** How versions become objects. */
    public enum Layout {
        PACK,
        MIRROR
    }

    static final Key<Layout> LAYOUT = Key.of(
            "layout",
            Values.choice(Layout.class),
            "pack",
            "How files become objects. `pack` stores what changed together as one `.tar.zst`: few requests, no content"
                    + " twice, and every point in time. `mirror` stores each file as one object whose key is its path.");
    static final Key<Duration> KEEP_DELETED = Key.of(
            "keep_deleted",
            Values.duration("30d", Duration.ZERO),
            "30d",
            "How long a deleted file can still be restored in the mirror layout.");
    static final Key<RetentionConfig> RETENTION = Key.of(
            "retention",
            RetentionConfig.SECTION,
            "{}",
            "How long past versions can be restored in the pack layout. The newest version of a file always stays.");
    static final Key<Optional<Duration>> CATALOG_COPY = Key.of(
            "catalog_copy",
            Values.parsed("a duration or off", "1d", StoreConfig::durationOrOff),
            "1d",
            "How often a copy of the catalog is stored beside the packs, if anything was stored since; `off` for never."
                    + " A rebuild reads it instead of the end of each pack.");
    static final Key<Optional<DrillConfig>> DRILL = Key.of(
            "drill",
            DrillConfig.TYPE,
            "off",
            "Reads a random sample of files back from the bucket now and then and compares them. It costs some requests"
                    + " and the traffic, so it is off unless it is asked for.");
    static final Key<Integer> CONCURRENCY =
            Key.of("concurrency", Values.integer(1, 256), "16", "Requests to the store at a time.");
    static final Key<BandwidthConfig> BANDWIDTH =
            Key.of("bandwidth", BandwidthConfig.SECTION, "{}", "How fast to upload, and when.");
    static final Key<BudgetConfig> BUDGET = Key.optional(
            "budget",
            BudgetConfig.SECTION,
            "no limit",
            "What uploads may cost: as it is used up, changes wait longer and travel together, an hour at most."
                    + " `keepwatch backup` does not wait.");
    static final Key<S3Config> S3 = Key.optional(
            "s3",
            S3Config.SECTION,
            "an embedded S3 server in the state folder",
            "The bucket, on AWS or on any server that speaks S3. Without this key the backup stays on this machine.");
    static final Key<EncryptionConfig> ENCRYPTION = Key.optional(
            "encryption",
            EncryptionConfig.SECTION,
            "none",
            "Encrypts everything before it leaves this machine, so that only who has an identity of age can read it. For"
                    + " a new backup only; `layout: pack` is needed.");
    static final Key<PriceConfig> PRICES = Key.of(
            "prices",
            PriceConfig.SECTION,
            "{}",
            "What requests and storage cost, for `keepwatch cost` and the status. The defaults are those of AWS S3"
                    + " Standard in us-east-1.");
    static final Section<StoreConfig> SECTION = Section.of(
            List.of(
                    LAYOUT,
                    KEEP_DELETED,
                    RETENTION,
                    CATALOG_COPY,
                    DRILL,
                    CONCURRENCY,
                    BANDWIDTH,
                    BUDGET,
                    S3,
                    ENCRYPTION,
                    PRICES),
            StoreConfig::read);

    private static Optional<StoreConfig> read(YamlMap map) {
        if (map.has(ENCRYPTION) && map.get(LAYOUT) == Layout.MIRROR) {
            map.error(
                    ENCRYPTION,
                    "the mirror layout cannot encrypt: its objects are the files",
                    "write layout: pack, or remove encryption");
        }
        return Optional.of(new StoreConfig(
                map.get(LAYOUT),
                map.get(KEEP_DELETED),
                map.get(RETENTION),
                map.get(CATALOG_COPY),
                map.get(DRILL),
                map.get(CONCURRENCY),
                map.get(BANDWIDTH),
                map.find(BUDGET),
                map.find(S3),
                map.find(ENCRYPTION),
                map.get(PRICES)));
    }

    /** The same with another identity to read by; without encryption there is none, and nothing changes. */
    StoreConfig withIdentity(Path file) {
        return new StoreConfig(
                layout,
                keepDeleted,
                retention,
                catalogCopy,
                drill,
                concurrency,
                bandwidth,
                budget,
                s3,
                encryption.map(config -> config.withIdentity(file)),
                prices);
    }

    private static Optional<Duration> durationOrOff(String text) {
        if (text.equals("off")) {
            return Optional.empty();
        }
        Duration every = DurationText.parse(text);
        if (every.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException(text + " is less than 1h, the least that is allowed");
        }
        return Optional.of(every);
    }
}
