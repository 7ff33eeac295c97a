package io.keepwatch.event;

import io.keepwatch.unit.ByteSize;
import io.keepwatch.unit.DurationText;
import io.keepwatch.unit.Ratio;
import java.time.Duration;
import java.util.Locale;

/** The value of a reading as a person writes it: the unit is the last part of the reading's name. */
public final class ReadingText {
    private ReadingText() {}

    /** {@code 83.0%}, {@code 1.5 GiB}, {@code 12.0 MiB/s}, {@code 41 °C}, {@code 7}. */
    public static String of(String name, double value) {
        if (name.endsWith("_ratio")) {
            return value >= 0 && value <= 1 ? new Ratio(value).toString() : plain(value * 100) + "%";
        }
        if (name.endsWith("_bytes_per_second")) {
            return new ByteSize(Math.round(Math.max(0, value))) + "/s";
        }
        if (name.endsWith("_bits_per_second")) {
            return plain(value / 1e6) + " Mbit/s";
        }
        if (name.endsWith("_bytes")) {
            return new ByteSize(Math.round(Math.max(0, value))).toString();
        }
        if (name.endsWith("_celsius")) {
            return plain(value) + " °C";
        }
        if (name.endsWith("_seconds")) {
            return DurationText.of(Duration.ofSeconds(Math.round(value)));
        }
        return plain(value);
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
