package io.keepwatch.threshold;

import io.keepwatch.event.Reading;
import io.keepwatch.event.ReadingText;
import io.keepwatch.event.Severity;
import io.keepwatch.unit.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a condition makes of a value: how bad it is, and why in a person's words. */
record Verdict(Severity severity, String reason) {
    static Verdict of(Levels levels, Reading reading, Map<String, Double> siblings, Severity before) {
        boolean wasCritical = before == Severity.CRITICAL;
        boolean wasWarned = before != Severity.OK;
        if (holds(levels, levels.critical(), reading, siblings, true, wasCritical)) {
            return new Verdict(Severity.CRITICAL, limit(levels, levels.critical(), reading, "critical"));
        }
        if (holds(levels, levels.warning(), reading, siblings, false, wasWarned)) {
            return new Verdict(Severity.WARNING, limit(levels, levels.warning(), reading, "warning"));
        }
        return new Verdict(Severity.OK, "");
    }

    private static boolean holds(
            Levels levels,
            Optional<Levels.Level> level,
            Reading reading,
            Map<String, Double> siblings,
            boolean critical,
            boolean before) {
        return level.filter(some -> levels.holds(some, reading.value(), before)).isPresent()
                && levels.space()
                        .map(space -> space.holds(
                                siblings.getOrDefault(space.sizeReading(), 0.0),
                                siblings.getOrDefault(space.freeReading(), 0.0),
                                critical,
                                before))
                        .orElse(true);
    }

    private static String limit(Levels levels, Optional<Levels.Level> level, Reading reading, String word) {
        String side = levels.side() == Levels.Side.ABOVE ? "from " : "down from ";
        return word + " "
                + level.map(some -> side + ReadingText.of(reading.name(), some.at()))
                        .orElse("");
    }

    static Verdict of(Growth growth, Reading reading, List<Point> points) {
        double grown = Window.growth(points);
        return grown >= growth.amount()
                ? new Verdict(
                        growth.severity(),
                        "grew by " + ReadingText.of(reading.name(), grown) + " within "
                                + DurationText.of(growth.within()))
                : new Verdict(Severity.OK, "");
    }

    static Verdict of(Forecast forecast, List<Point> points, Severity before) {
        OptionalDouble left = Window.secondsUntilFull(points, forecast);
        if (left.isEmpty()) {
            return new Verdict(Severity.OK, "");
        }
        Duration until = Duration.ofSeconds(Math.round(left.getAsDouble()));
        String reason = "full in " + DurationText.of(until) + " if it grows on like this";
        if (isWithin(until, forecast.criticalWithin(), before == Severity.CRITICAL)) {
            return new Verdict(Severity.CRITICAL, reason);
        }
        return isWithin(until, forecast.warningWithin(), before != Severity.OK)
                ? new Verdict(Severity.WARNING, reason)
                : new Verdict(Severity.OK, "");
    }

    private static boolean isWithin(Duration left, Duration limit, boolean before) {
        return left.compareTo(before ? limit.multipliedBy(2) : limit) <= 0;
    }
}
