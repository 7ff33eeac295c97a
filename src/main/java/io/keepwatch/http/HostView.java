package io.keepwatch.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is read of the host. Blocks; called on a worker. */
public interface HostView {
    /** Every probe, by name. */
    Probes probes();

    /** Thresholds that are crossed now, and what appeared within the last day; the worst first. */
    List<Alert> alerts();

    /** The time lines of the history, by name and subject; only of one reading where it is named. */
    Page<Line> series(Optional<String> name, PageRequest page);

    /** Time lines; without a range of the last day, without a step by a five hundredth of the range. */
    Points points(PointsQuery query);

    /** @param missingTools programs that some probes would ask and that are not installed */
    record Probes(List<Probe> items, List<MissingTool> missingTools) {
        public Probes {
            items = List.copyOf(items);
            missingTools = List.copyOf(missingTools);
        }
    }

    /**
     * @param state {@code reads}, {@code nothing} (this host lacks what it needs), {@code failed}, {@code waiting} (not
     *     read yet) or {@code off}
     * @param everySeconds empty where it is off
     */
    record Probe(
            String name,
            String summary,
            String needs,
            String state,
            Optional<Double> everySeconds,
            Optional<Instant> at,
            Optional<Double> tookSeconds,
            Optional<String> problem,
            List<Value> readings) {
        public Probe {
            readings = List.copyOf(readings);
        }
    }

    /** @param text the value as a person writes it */
    record Value(String name, String subject, double value, String text, Map<String, String> labels) {
        public Value {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * @param topic the probe
     * @param severity {@code warning} or {@code critical}
     * @param at since when
     * @param detail a sentence
     */
    record Alert(String topic, String threshold, String subject, String severity, Instant at, String detail) {}

    /** A program and the package that holds it. */
    record MissingTool(String program, String packageName) {}

    /** One reading of one subject. */
    record Line(String name, String subject) {}

    /** Which value stands for a step of time. */
    enum Aggregate {
        MEAN,
        MIN,
        MAX
    }

    /**
     * Which part of which time lines.
     *
     * @param names of readings
     * @param subject empty for all of them
     */
    record PointsQuery(
            List<String> names,
            Optional<String> subject,
            TimeRange range,
            Optional<Long> stepSeconds,
            Aggregate aggregate) {
        public PointsQuery {
            names = List.copyOf(names);
        }
    }

    /** @param lines by name and subject */
    record Points(Instant from, Instant to, long stepSeconds, String aggregate, List<LinePoints> lines) {
        public Points {
            lines = List.copyOf(lines);
        }
    }

    /** @param points each the second since 1970 and the value, in the order of time */
    record LinePoints(String name, String subject, List<List<Number>> points) {
        public LinePoints {
            points = List.copyOf(points);
        }
    }
}
