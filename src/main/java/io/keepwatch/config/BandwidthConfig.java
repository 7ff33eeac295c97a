package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.NearestName;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.unit.ByteSize;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * How fast to upload.
 *
 * @param limit bytes per second when no entry of the timetable applies; empty for no limit
 * @param timetable the first entry that applies decides
 */
public record BandwidthConfig(Optional<ByteSize> limit, List<TimetableEntry> timetable, ZoneId timezone) {
    /** Below this a single small file takes minutes, and S3 closes the connection. */
    static final ByteSize LEAST = new ByteSize(16 * 1024);

    static final Key<ByteSize> LIMIT = Key.optional(
            "limit",
            Values.size("10MiB", LEAST),
            "no limit",
            "Bytes per second when no entry of the timetable applies.");
    static final Key<List<TimetableEntry>> TIMETABLE = Key.of(
            "timetable",
            Values.listOf(TimetableEntry.SECTION),
            "[]",
            "Other limits at certain times. The first entry that applies decides.");
    static final Key<ZoneId> TIMEZONE = Key.optional(
            "timezone",
            Values.parsed("a time zone", "Europe/Amsterdam", BandwidthConfig::zone),
            "that of the system",
            "The time zone of the timetable.");
    static final Section<BandwidthConfig> SECTION = Section.of(
            List.of(LIMIT, TIMETABLE, TIMEZONE),
            map -> Optional.of(new BandwidthConfig(
                    map.find(LIMIT), map.get(TIMETABLE), map.find(TIMEZONE).orElseGet(ZoneId::systemDefault))));

    public BandwidthConfig {
        timetable = List.copyOf(timetable);
    }

    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            String nearest = NearestName.of(text, ZoneId.getAvailableZoneIds())
                    .map(name -> "; did you mean " + name + "?")
                    .orElse("");
            throw new IllegalArgumentException("\"" + text + "\" is not a time zone" + nearest, e);
        }
    }
}
