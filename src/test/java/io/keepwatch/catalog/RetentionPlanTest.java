package io.keepwatch.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Versions are written from the newest to the oldest by their minute; a minus before one says that the path was gone. */
class RetentionPlanTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String NOW = "2026-03-20T12:00";

    private static Retention days(int daily) {
        return new Retention(Duration.ZERO, 0, daily, 0, 0, 0);
    }

    private static Retention hours(int hourly) {
        return new Retention(Duration.ZERO, hourly, 0, 0, 0, 0);
    }

    private static Retention weeks(int weekly) {
        return new Retention(Duration.ZERO, 0, 0, weekly, 0, 0);
    }

    private static Retention months(int monthly) {
        return new Retention(Duration.ZERO, 0, 0, 0, monthly, 0);
    }

    private static Retention all(String duration) {
        return new Retention(Duration.parse(duration), 0, 0, 0, 0, 0);
    }

    static Stream<Arguments> examples() {
        return Stream.of(
                arguments(
                        "the current version stays, however old",
                        all("PT0S"),
                        ZoneOffset.UTC,
                        "1999-01-01T00:00 1998-01-01T00:00",
                        "1999-01-01T00:00"),
                arguments(
                        "what counts is when a version was superseded, not when it was made",
                        all("PT24H"),
                        ZoneOffset.UTC,
                        "2026-03-20T11:00 2026-03-19T12:01 2020-01-01T00:00 2019-01-01T00:00",
                        "2026-03-20T11:00 2026-03-19T12:01 2020-01-01T00:00"),
                arguments(
                        "a version that was superseded just that long ago goes",
                        all("PT24H"),
                        ZoneOffset.UTC,
                        "2026-03-19T12:00 2026-03-19T11:00",
                        "2026-03-19T12:00"),
                arguments(
                        "a deletion supersedes too",
                        all("PT24H"),
                        ZoneOffset.UTC,
                        "-2026-03-20T11:00 2020-01-01T00:00",
                        "-2026-03-20T11:00 2020-01-01T00:00"),
                arguments(
                        "the newest of each hour stays, hours without one do not count",
                        hours(3),
                        ZoneOffset.UTC,
                        "2026-03-20T11:30 2026-03-20T11:10 2026-03-20T09:59 2026-03-20T09:00 2026-03-18T07:00 2026-03-18T06:00",
                        "2026-03-20T11:30 2026-03-20T09:59 2026-03-18T07:00"),
                arguments(
                        "days without a version do not count",
                        days(2),
                        ZoneOffset.UTC,
                        "2026-03-20T11:00 2026-03-01T23:00 2026-03-01T01:00 2026-02-01T00:00",
                        "2026-03-20T11:00 2026-03-01T23:00"),
                arguments(
                        "a day begins where the time zone says",
                        days(2),
                        BERLIN,
                        "2026-03-10T23:30 2026-03-10T22:30 2026-03-10T21:30",
                        "2026-03-10T23:30 2026-03-10T22:30"),
                arguments(
                        "a week begins on Monday",
                        weeks(2),
                        ZoneOffset.UTC,
                        "2026-03-16T00:00 2026-03-15T23:59 2026-03-09T00:00 2026-03-08T23:59",
                        "2026-03-16T00:00 2026-03-15T23:59"),
                arguments(
                        "an hour that comes twice in autumn is two hours",
                        hours(2),
                        BERLIN,
                        "2025-10-26T01:30 2025-10-26T00:30 2025-10-25T23:30",
                        "2025-10-26T01:30 2025-10-26T00:30"),
                arguments(
                        "rules add up",
                        new Retention(Duration.ZERO, 0, 2, 0, 2, 2),
                        ZoneOffset.UTC,
                        "2026-03-20T11:00 2026-03-19T11:00 2026-03-18T11:00 2026-02-28T11:00 2026-01-01T11:00 2025-12-31T11:00",
                        "2026-03-20T11:00 2026-03-19T11:00 2026-02-28T11:00 2025-12-31T11:00"),
                arguments(
                        "deletions stay and take no day from a content",
                        days(2),
                        ZoneOffset.UTC,
                        "2026-03-20T11:00 -2026-03-19T11:00 2026-03-18T11:00 -2026-03-17T11:00 2026-03-16T11:00",
                        "2026-03-20T11:00 -2026-03-19T11:00 2026-03-18T11:00 -2026-03-17T11:00"),
                arguments(
                        "a deleted file keeps its contents for as long as the rule reaches",
                        days(11),
                        ZoneOffset.UTC,
                        "-2026-03-10T11:00 2026-03-10T10:00 2026-03-09T10:00",
                        "-2026-03-10T11:00 2026-03-10T10:00"),
                arguments(
                        "and then nothing of them",
                        days(10),
                        ZoneOffset.UTC,
                        "-2026-03-10T11:00 2026-03-10T10:00 2026-03-09T10:00",
                        "-2026-03-10T11:00"),
                arguments(
                        "by months as by days",
                        months(2),
                        ZoneOffset.UTC,
                        "-2026-02-01T11:00 2020-03-10T10:00",
                        "-2026-02-01T11:00 2020-03-10T10:00"),
                arguments(
                        "a file that came back counts as one that exists",
                        days(2),
                        ZoneOffset.UTC,
                        "2026-02-01T00:00 -2026-01-15T00:00 2026-01-14T00:00",
                        "2026-02-01T00:00 -2026-01-15T00:00 2026-01-14T00:00"),
                arguments(
                        "a clock that was set back does not make a version older than it is",
                        all("PT24H"),
                        ZoneOffset.UTC,
                        "2026-03-10T00:00 2026-03-20T11:00",
                        "2026-03-10T00:00 2026-03-20T11:00"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void keeps(String why, Retention retention, ZoneId zone, String versions, String kept) {
        assertThat(kept(retention, zone, versions)).as(why).isEqualTo(Arrays.asList(kept.split(" ", -1)));
    }

    private static List<String> kept(Retention retention, ZoneId zone, String versions) {
        RetentionPlan plan = new RetentionPlan(retention, time(NOW), zone);
        List<String> kept = new ArrayList<>();
        for (String version : versions.split(" ", -1)) {
            boolean deletion = version.startsWith("-");
            if (plan.keeps(time(deletion ? version.substring(1) : version), deletion)) {
                kept.add(version);
            }
        }
        return kept;
    }

    private static Instant time(String minute) {
        return LocalDateTime.parse(minute).toInstant(ZoneOffset.UTC);
    }

    @Test
    void numbers_below_zero_are_refused() {
        assertThatThrownBy(() -> days(-1)).hasMessageContaining("-1 daily");
        assertThatThrownBy(() -> all("PT-1S")).hasMessageContaining("PT-1S");
    }
}
