package io.keepwatch.event;

import java.util.Map;

/**
 * One value that a probe read.
 *
 * @param name what was measured, with its base unit as the last word where it has one: {@code disk.available_bytes}
 * @param subject what it was measured on, safe to show: a mount point, a disk, an interface; empty for the host itself
 * @param value never NaN and never infinite
 * @param labels facts in words that belong to the value, such as the state of an array; never needed to tell two readings apart
 */
public record Reading(String name, String subject, double value, Map<String, String> labels) {
    public Reading {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the reading " + name + " of \"" + subject + "\" is " + value);
        }
        labels = Map.copyOf(labels);
    }

    public static Reading of(String name, String subject, double value) {
        return new Reading(name, subject, value, Map.of());
    }
}
