package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.unit.ByteSize;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A limit for certain times of the week.
 *
 * @param days the days on which the span begins
 * @param to not included; before from when the span ends on the next day
 * @param limit bytes per second
 */
public record TimetableEntry(Set<DayOfWeek> days, LocalTime from, LocalTime to, ByteSize limit) {
    static final Key<Set<DayOfWeek>> DAYS = Key.of(
            "days",
            Values.parsed("a span of days", "mon-fri", WeekDays::parse),
            "mon-sun",
            "The days on which the span begins: `mon-fri`, `sat,sun` or `mon`.");
    static final Key<LocalTime> FROM = Key.required(
            "from", Values.parsed("a time of day", "08:00", TimetableEntry::time), "When the span begins.");
    static final Key<LocalTime> TO = Key.required(
            "to",
            Values.parsed("a time of day", "18:00", TimetableEntry::time),
            "When the span ends. Earlier than `from`: on the next day.");
    static final Key<ByteSize> LIMIT =
            Key.required("limit", Values.size("2MiB", BandwidthConfig.LEAST), "Bytes per second in this span.");
    static final Section<TimetableEntry> SECTION = Section.of(List.of(DAYS, FROM, TO, LIMIT), TimetableEntry::read);

    public TimetableEntry {
        days = Set.copyOf(days);
    }

    private static Optional<TimetableEntry> read(YamlMap map) {
        Set<DayOfWeek> days = map.get(DAYS);
        Optional<LocalTime> from = map.find(FROM);
        Optional<LocalTime> to = map.find(TO);
        Optional<ByteSize> limit = map.find(LIMIT);
        if (from.isEmpty() || to.isEmpty() || limit.isEmpty()) {
            return Optional.empty();
        }
        if (from.equals(to)) {
            map.error(TO, "the span ends when it begins", "for a whole day write from: \"00:00\", to: \"23:59\"");
        }
        return Optional.of(new TimetableEntry(days, from.get(), to.get(), limit.get()));
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            String hint = text.equals("24:00") ? "; the end of the day is 00:00" : "";
            throw new IllegalArgumentException("\"" + text + "\" is not a time of day" + hint, e);
        }
    }
}
