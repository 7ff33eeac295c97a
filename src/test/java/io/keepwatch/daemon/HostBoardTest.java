package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.event.Reading;
import io.keepwatch.history.History;
import io.keepwatch.http.HostView;
import io.keepwatch.http.HostView.Aggregate;
import io.keepwatch.http.HostView.LinePoints;
import io.keepwatch.http.HostView.PointsQuery;
import io.keepwatch.http.RefusedException;
import io.keepwatch.http.TimeRange;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostBoardTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofMinutes(10));

    @TempDir
    private Path state;

    private HostBoard board() {
        return board(HostBoard.MOST_POINTS_TOGETHER);
    }

    private HostBoard board(long mostPointsTogether) {
        return new HostBoard(
                List.of(),
                Map.of(),
                new ProbeBoard(),
                List::of,
                state,
                Clock.fixed(END, ZoneOffset.UTC),
                mostPointsTogether);
    }

    /** Ten minutes of the load and of two disks, once a minute. */
    private void record() {
        try (History history = History.open(state, START)) {
            for (int minute = 0; minute < 10; minute++) {
                history.record(
                        START.plus(Duration.ofMinutes(minute)),
                        List.of(
                                Reading.of("load.1m", "", minute),
                                Reading.of("io.busy_ratio", "sdb", 0.5),
                                Reading.of("io.busy_ratio", "sda", 0.25)));
            }
        }
    }

    private static PointsQuery query(
            List<String> names, Optional<String> subject, long stepSeconds, Aggregate aggregate) {
        return new PointsQuery(
                names,
                subject,
                new TimeRange(Optional.of(START), Optional.of(END)),
                Optional.of(stepSeconds),
                aggregate);
    }

    @Test
    void several_readings_come_in_one_answer_with_all_their_subjects() {
        record();
        try (HostBoard board = board()) {
            HostView.Points points = board.points(
                    query(List.of("load.1m", "io.busy_ratio", "unknown"), Optional.empty(), 300, Aggregate.MAX));
            assertThat(points.lines())
                    .containsExactly(
                            line("io.busy_ratio", "sda", 0.25, 0.25),
                            line("io.busy_ratio", "sdb", 0.5, 0.5),
                            line("load.1m", "", 4.0, 9.0));
            assertThat(points.aggregate()).isEqualTo("max");
        }
    }

    private static LinePoints line(String name, String subject, double first, double second) {
        long start = START.getEpochSecond();
        return new LinePoints(name, subject, List.of(List.of(start, first), List.of(start + 300, second)));
    }

    @Test
    void a_subject_leaves_the_others_out() {
        record();
        try (HostBoard board = board()) {
            assertThat(board.points(query(List.of("io.busy_ratio"), Optional.of("sdb"), 60, Aggregate.MEAN))
                            .lines())
                    .extracting(LinePoints::subject)
                    .containsExactly("sdb");
            assertThat(board.points(query(List.of("io.busy_ratio"), Optional.of(""), 60, Aggregate.MEAN))
                            .lines())
                    .isEmpty();
        }
    }

    @Test
    void without_a_history_there_is_no_line() {
        try (HostBoard board = board()) {
            assertThat(board.points(query(List.of("load.1m"), Optional.empty(), 60, Aggregate.MEAN))
                            .lines())
                    .isEmpty();
        }
    }

    @Test
    void too_many_points_are_refused_with_what_to_do() {
        Instant from = END.minus(Duration.ofSeconds(11_001));
        PointsQuery query = new PointsQuery(
                List.of("load.1m"),
                Optional.empty(),
                new TimeRange(Optional.of(from), Optional.of(END)),
                Optional.of(1L),
                Aggregate.MEAN);
        try (HostBoard board = board()) {
            assertThatThrownBy(() -> board.points(query))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("ask for longer steps or a shorter time");
        }
    }

    private void recordDisks(int count) {
        try (History history = History.open(state, START)) {
            for (int i = 0; i < count; i++) {
                history.record(START, List.of(Reading.of("io.busy_ratio", "disk" + i, 0.5)));
            }
        }
    }

    private static PointsQuery everySecondOfHours() {
        return new PointsQuery(
                List.of("io.busy_ratio"),
                Optional.empty(),
                new TimeRange(Optional.of(END.minus(Duration.ofSeconds(10_000))), Optional.of(END)),
                Optional.of(1L),
                Aggregate.MEAN);
    }

    @Test
    void more_points_than_fit_an_answer_are_refused_with_what_to_do() {
        recordDisks(51);
        try (HostBoard board = board(50)) {
            assertThatThrownBy(() -> board.points(everySecondOfHours()))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("51 time lines: name a subject, or ask for longer steps");
        }
    }

    @Test
    void many_lines_with_few_points_are_one_answer() {
        recordDisks(1001);
        try (HostBoard board = board()) {
            assertThat(board.points(everySecondOfHours()).lines()).hasSize(1001);
        }
    }

    @Test
    void a_line_without_a_point_in_that_time_is_left_out() {
        record();
        PointsQuery before = new PointsQuery(
                List.of("load.1m"),
                Optional.empty(),
                new TimeRange(Optional.of(START.minusSeconds(600)), Optional.of(START.minusSeconds(60))),
                Optional.of(60L),
                Aggregate.MEAN);
        try (HostBoard board = board()) {
            assertThat(board.points(before).lines()).isEmpty();
        }
    }
}
