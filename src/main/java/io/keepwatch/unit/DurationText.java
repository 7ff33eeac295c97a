package io.keepwatch.unit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 1s}, {@code 1h30m}, {@code 30d}. */
public final class DurationText {
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|w)");
    private static final Map<String, Duration> UNITS = units();

    private DurationText() {}

    public static Duration parse(String text) {
        Matcher matcher = PART.matcher(text.strip());
        Duration total = Duration.ZERO;
        int end = 0;
        while (matcher.lookingAt()) {
            Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
            total = total.plus(unit.multipliedBy(Long.parseLong(matcher.group(1))));
            end = matcher.end();
            matcher.region(end, text.strip().length());
        }
        if (end == 0 || end != text.strip().length()) {
            throw new IllegalArgumentException(
                    "duration \"" + text + "\" needs numbers with units ms, s, m, h, d or w; for example 10s or 1h30m");
        }
        return total;
    }

    /** The two largest units that are not zero: {@code 1h 30m}, {@code 2.5s}, {@code 12ms}. */
    public static String of(Duration duration) {
        Duration positive = duration.abs();
        String sign = duration.isNegative() ? "-" : "";
        if (positive.compareTo(Duration.ofSeconds(1)) < 0) {
            return sign + positive.toMillis() + "ms";
        }
        if (positive.compareTo(Duration.ofSeconds(10)) < 0 && positive.toMillisPart() >= 100) {
            return sign + positive.toSeconds() + "." + positive.toMillisPart() / 100 + "s";
        }
        long[] parts = {
            positive.toDaysPart(), positive.toHoursPart(), positive.toMinutesPart(), positive.toSecondsPart()
        };
        String[] names = {"d", "h", "m", "s"};
        int first = 0;
        while (parts[first] == 0) {
            first++;
        }
        String text = sign + parts[first] + names[first];
        boolean second = first < 3 && parts[first + 1] != 0;
        return second ? text + " " + parts[first + 1] + names[first + 1] : text;
    }

    private static Map<String, Duration> units() {
        Map<String, Duration> units = new LinkedHashMap<>();
        units.put("ms", Duration.ofMillis(1));
        units.put("s", Duration.ofSeconds(1));
        units.put("m", Duration.ofMinutes(1));
        units.put("h", Duration.ofHours(1));
        units.put("d", Duration.ofDays(1));
        units.put("w", Duration.ofDays(7));
        return Map.copyOf(units);
    }
}
