package io.keepwatch.threshold;

import io.keepwatch.event.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a threshold remembers of one subject.
 *
 * @param identity tells two disks apart that had the same name one after the other; empty while unknown
 * @param severity what was told last
 * @param worseSince since when a worse value waits for the hold
 * @param wasGood whether it has been good at any time
 * @param told when and in which words it was told last; empty before
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
        Optional<Told> told,
        List<Point> points) {
    public SubjectState {
        points = List.copyOf(points);
    }

    /** @param detail a sentence */
    public record Told(Instant at, String detail) {}

    static SubjectState fresh(Threshold threshold, String subject, String identity) {
        return new SubjectState(
                threshold.topic(),
                threshold.name(),
                subject,
                identity,
                Severity.OK,
                Optional.empty(),
                false,
                Optional.empty(),
                List.of());
    }

    /** A disk that does not answer cannot tell who it is, which does not make it another one. */
    boolean isOfAnother(String someone) {
        return !identity.isEmpty() && !someone.isEmpty() && !identity.equals(someone);
    }

    SubjectState identified(String someone) {
        return someone.isEmpty() || someone.equals(identity)
                ? this
                : new SubjectState(topic, threshold, subject, someone, severity, worseSince, wasGood, told, points);
    }

    /** Nothing waits any more. */
    SubjectState settled() {
        return settled(severity, told);
    }

    SubjectState told(Severity next, Instant at, String detail) {
        return settled(next, Optional.of(new Told(at, detail)));
    }

    private SubjectState settled(Severity next, Optional<Told> last) {
        return new SubjectState(
                topic,
                threshold,
                subject,
                identity,
                next,
                Optional.empty(),
                wasGood || next == Severity.OK,
                last,
                points);
    }

    SubjectState waiting(Instant since) {
        return new SubjectState(
                topic, threshold, subject, identity, severity, Optional.of(since), wasGood, told, points);
    }

    SubjectState with(List<Point> next) {
        return new SubjectState(topic, threshold, subject, identity, severity, worseSince, wasGood, told, next);
    }
}
