package io.keepwatch.threshold;

import io.keepwatch.event.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a threshold remembers of one subject.
 *
 * @param identity tells two disks apart that had the same name one after the other
 * @param severity what was told last
 * @param worseSince since when a worse value waits for the hold
 * @param wasGood whether it has been good at any time
 * @param points the values of the window, for growth and forecast
 */
public record SubjectState(
        String topic,
        String threshold,
        String subject,
        String identity,
        Severity severity,
        Optional<Instant> worseSince,
        boolean wasGood,
        List<Point> points) {
    public SubjectState {
        points = List.copyOf(points);
    }

    static SubjectState fresh(Threshold threshold, String subject, String identity) {
        return new SubjectState(
                threshold.topic(),
                threshold.name(),
                subject,
                identity,
                Severity.OK,
                Optional.empty(),
                false,
                List.of());
    }

    SubjectState told(Severity next) {
        return new SubjectState(
                topic, threshold, subject, identity, next, Optional.empty(), wasGood || next == Severity.OK, points);
    }

    SubjectState waiting(Instant since) {
        return new SubjectState(topic, threshold, subject, identity, severity, Optional.of(since), wasGood, points);
    }

    SubjectState with(List<Point> next) {
        return new SubjectState(topic, threshold, subject, identity, severity, worseSince, wasGood, next);
    }
}
