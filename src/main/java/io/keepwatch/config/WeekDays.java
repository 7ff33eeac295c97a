package io.keepwatch.config;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Days of the week as people write them: {@code mon-fri}, {@code sat,sun}, {@code fri-mon}. */
final class WeekDays {
    private static final List<String> NAMES = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private WeekDays() {}

    /** Throws IllegalArgumentException that names the word that is no day. */
    static Set<DayOfWeek> parse(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", 2);
            DayOfWeek day = day(ends[0]);
            DayOfWeek last = day(ends[ends.length - 1]);
            while (day != last) {
                days.add(day);
                day = day.plus(1);
            }
            days.add(last);
        }
        return days;
    }

    private static DayOfWeek day(String text) {
        int index = NAMES.indexOf(text.strip().toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new IllegalArgumentException(
                    "\"" + text.strip() + "\" is not a day; the days are " + String.join(", ", NAMES));
        }
        return DayOfWeek.of(index + 1);
    }
}
