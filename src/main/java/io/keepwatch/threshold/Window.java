package io.keepwatch.threshold;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The values of one subject over a time, thinned so that a long window costs no more than a short one. */
final class Window {
    private static final int MOST_POINTS = 60;
    private static final double SHARE_OF_REST = 0.01;

    private Window() {}

    /** The points with one more, without those that left the window. A value that went back begins a new window. */
    static List<Point> add(List<Point> points, Point next, Duration length, boolean counter) {
        Instant from = next.at().minus(length);
        Duration gap = length.dividedBy(MOST_POINTS);
        List<Point> kept = new ArrayList<>();
        for (Point point : points) {
            if (!point.at().isBefore(from) && !point.at().isAfter(next.at())) {
                kept.add(point);
            }
        }
        if (counter
                && !kept.isEmpty()
                && next.value() < kept.get(kept.size() - 1).value()) {
            kept.clear();
        }
        int size = kept.size();
        // The newest point moves on until it is a gap away from the one before it.
        if (size >= 2
                && Duration.between(kept.get(size - 2).at(), kept.get(size - 1).at())
                                .compareTo(gap)
                        < 0) {
            kept.remove(size - 1);
        }
        kept.add(next);
        return kept;
    }

    /** How much the newest value is above the oldest. */
    static double growth(List<Point> points) {
        return points.isEmpty()
                ? 0
                : points.get(points.size() - 1).value() - points.get(0).value();
    }

    /** Seconds until the straight line through the points reaches 1; empty where it does not rise enough. */
    static OptionalDouble secondsUntilFull(List<Point> points, Forecast forecast) {
        if (points.size() < 3) {
            return OptionalDouble.empty();
        }
        Instant start = points.get(0).at();
        Point last = points.get(points.size() - 1);
        double span = seconds(start, last.at());
        if (span < forecast.window().toSeconds() / 2.0) {
            return OptionalDouble.empty();
        }
        double meanTime = points.stream()
                .mapToDouble(p -> seconds(start, p.at()))
                .average()
                .orElse(0);
        double meanValue = points.stream().mapToDouble(Point::value).average().orElse(0);
        double covariance = 0;
        double variance = 0;
        for (Point point : points) {
            double distance = seconds(start, point.at()) - meanTime;
            covariance += distance * (point.value() - meanValue);
            variance += distance * distance;
        }
        double slope = variance > 0 ? covariance / variance : 0;
        // On a large file system even what fills the rest within hours is a small share of the whole.
        double leastRise = Math.min(forecast.leastRise(), SHARE_OF_REST * (1 - last.value()));
        return slope <= 0 || slope * span < leastRise
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, (1 - last.value()) / slope));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
