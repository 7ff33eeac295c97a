package io.keepwatch.workflow.rule;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** At most so many runs in a time: {@code 30/h}. */
public record Limit(int runs, Duration per) {
    public static final Limit DEFAULT = new Limit(30, Duration.ofHours(1));

    private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,5})/(s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    public static Limit parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a number of runs in a time");
        }
        return new Limit(Integer.parseInt(matcher.group(1)), UNITS.getOrDefault(matcher.group(2), Duration.ofHours(1)));
    }
}
