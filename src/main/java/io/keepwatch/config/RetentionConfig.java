package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.ValueType;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * How long the past versions of files are kept.
 *
 * @param timezone in which days, weeks, months and years begin
 * @param paths exceptions; the last that matches a path decides
 */
public record RetentionConfig(Rule standard, ZoneId timezone, List<PathRetention> paths) {
    private static final int MOST = 100_000;

    /** All versions for a time, and of older ones the newest in each of the last so many periods. */
    public record Rule(Duration keepAll, int hourly, int daily, int weekly, int monthly, int yearly) {}

    static final Key<Duration> KEEP_ALL = Key.of(
            "keep_all",
            Values.duration("24h", Duration.ZERO),
            "24h",
            "How long every version is kept after it was replaced or deleted.");
    static final Key<Integer> HOURLY =
            Key.of("hourly", count(), "24", "Of older versions: the newest in each of the last so many hours.");
    static final Key<Integer> DAILY = Key.of("daily", count(), "7", "The newest in each of the last so many days.");
    static final Key<Integer> WEEKLY =
            Key.of("weekly", count(), "4", "The newest in each of the last so many weeks, from Monday.");
    static final Key<Integer> MONTHLY =
            Key.of("monthly", count(), "12", "The newest in each of the last so many months.");
    static final Key<Integer> YEARLY = Key.of("yearly", count(), "3", "The newest in each of the last so many years.");
    static final Key<ZoneId> TIMEZONE = Key.optional(
            "timezone",
            Values.parsed("a time zone", "Europe/Amsterdam", BandwidthConfig::zone),
            "that of the system",
            "The time zone in which days, weeks, months and years begin.");
    static final Key<List<PathRetention.Given>> PATHS = Key.of(
            "paths",
            Values.listOf(PathRetention.SECTION),
            "[]",
            "Other rules for certain files. The last that matches a file decides.");
    static final Section<RetentionConfig> SECTION = Section.of(
            List.of(KEEP_ALL, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY, TIMEZONE, PATHS), RetentionConfig::read);

    public RetentionConfig {
        paths = List.copyOf(paths);
    }

    /** What holds where the file says nothing. */
    static RetentionConfig unchanged() {
        return new RetentionConfig(new Rule(Duration.ofHours(24), 24, 7, 4, 12, 3), ZoneId.systemDefault(), List.of());
    }

    static ValueType<Integer> count() {
        return Values.integer(0, MOST);
    }

    private static Optional<RetentionConfig> read(YamlMap map) {
        Rule standard = new Rule(
                map.get(KEEP_ALL), map.get(HOURLY), map.get(DAILY), map.get(WEEKLY), map.get(MONTHLY), map.get(YEARLY));
        return Optional.of(new RetentionConfig(
                standard,
                map.find(TIMEZONE).orElseGet(ZoneId::systemDefault),
                map.get(PATHS).stream().map(given -> given.over(standard)).toList()));
    }
}
