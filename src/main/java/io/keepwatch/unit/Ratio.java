package io.keepwatch.unit;

import java.util.Locale;

/** A share from 0 to 1. Percent exists only in text. */
public record Ratio(double value) implements Comparable<Ratio> {
    public Ratio {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a share lies between 0 and 1, but this is " + value);
        }
    }

    /** Reads {@code 80%} or {@code 0.8}; a bare number over 1 is refused because nobody can tell what it means. */
    public static Ratio parse(String text) {
        String stripped = text.strip();
        boolean percent = stripped.endsWith("%");
        try {
            double number = Double.parseDouble(percent ? stripped.substring(0, stripped.length() - 1) : stripped);
            return new Ratio(percent ? number / 100 : number);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a share; write a percentage, for example 80%", e);
        }
    }

    @Override
    public int compareTo(Ratio other) {
        return Double.compare(value, other.value);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f%%", value * 100);
    }
}
