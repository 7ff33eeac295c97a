package io.keepwatch.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.event.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Months pass here, on a clock of the test. */
class HistoryTest {
    private static final Instant START = Instant.parse("2026-03-01T00:30:00Z");
    private static final Series X = new Series("x", "");
    private static final Duration RAW = Duration.ofSeconds(60);

    @TempDir
    private Path state;

    private void record(History history, Instant from, Duration length, Duration every, LongToDoubleFunction value) {
        for (Instant at = from; at.isBefore(from.plus(length)); at = at.plus(every)) {
            history.record(at, List.of(Reading.of("x", "", value.applyAsDouble(at.getEpochSecond()))));
        }
    }

    private List<Sample> read(Instant from, Instant to, long stepSeconds) {
        try (HistoryReader reader = HistoryReader.open(state)) {
            return reader.read(X, from, to, stepSeconds);
        }
    }

    @Test
    void what_was_recorded_is_read_as_it_was() {
        try (History history = History.open(state, START)) {
            record(history, START, Duration.ofHours(3), RAW, second -> (double) (second % 1000));
        }
        List<Sample> samples = read(START, START.plus(Duration.ofHours(3)), 1);
        assertThat(samples).hasSize(180);
        assertThat(samples)
                .allSatisfy(sample -> assertThat(sample.mean()).isEqualTo((double) (sample.second() % 1000)));
    }

    @Test
    void a_reader_beside_the_writer_sees_what_was_flushed() {
        try (History history = History.open(state, START)) {
            record(history, START, Duration.ofMinutes(5), RAW, second -> 1);
            history.flush();
            record(history, START.plus(Duration.ofMinutes(5)), Duration.ofMinutes(5), RAW, second -> 1);
            assertThat(read(START, START.plus(Duration.ofDays(1)), 1)).hasSize(5);
        }
        assertThat(read(START, START.plus(Duration.ofDays(1)), 1)).hasSize(10);
    }

    @Test
    void a_restart_within_the_hour_goes_on_with_it() {
        try (History history = History.open(state, START)) {
            record(history, START, Duration.ofMinutes(10), RAW, second -> 1);
        }
        try (History history = History.open(state, START.plus(Duration.ofMinutes(12)))) {
            record(history, START.plus(Duration.ofMinutes(12)), Duration.ofMinutes(3), RAW, second -> 2);
        }
        assertThat(read(START, START.plus(Duration.ofDays(1)), 1)).hasSize(13);
    }

    @Test
    void a_restart_after_days_keeps_what_was_before() {
        try (History history = History.open(state, START)) {
            record(history, START, Duration.ofMinutes(10), RAW, second -> 1);
        }
        Instant later = START.plus(Duration.ofDays(10));
        try (History history = History.open(state, later)) {
            record(history, later, Duration.ofMinutes(10), RAW, second -> 2);
        }
        assertThat(read(START, later.plus(Duration.ofDays(1)), 1))
                .as("the first ten as minutes, the others as they were")
                .hasSize(20);
    }

    @Test
    void steps_hold_minimum_mean_and_maximum() {
        try (History history = History.open(state, START)) {
            record(history, START, Duration.ofHours(1), Duration.ofSeconds(10), second -> second % 60 / 10.0);
        }
        assertThat(read(START, START.plus(Duration.ofHours(1)), 60)).hasSize(60).allSatisfy(sample -> {
            assertThat(sample.min()).isEqualTo(0);
            assertThat(sample.mean()).isEqualTo(2.5);
            assertThat(sample.max()).isEqualTo(5);
        });
    }

    @Test
    void the_past_becomes_coarser_and_no_part_of_it_is_lost() {
        Instant end = START.plus(Duration.ofDays(120));
        Duration every = Duration.ofMinutes(5);
        try (History history = History.open(state, START)) {
            record(history, START, Duration.ofDays(120), every, second -> Math.floorMod(second / 300, 6));
        }
        for (Duration ago : List.of(
                Duration.ofHours(2),
                Duration.ofHours(40),
                Duration.ofHours(60),
                Duration.ofDays(10),
                Duration.ofDays(16),
                Duration.ofDays(60),
                Duration.ofDays(98))) {
            List<Sample> hour = read(end.minus(ago), end.minus(ago).plus(Duration.ofHours(1)), 3600);
            assertThat(hour).as("%s ago", ago).isNotEmpty();
            assertThat(hour.stream().mapToDouble(Sample::min).min())
                    .as("%s ago", ago)
                    .hasValue(0);
            assertThat(hour.stream().mapToDouble(Sample::max).max())
                    .as("%s ago", ago)
                    .hasValue(5);
        }
        List<Sample> all = read(START, end, 86_400);
        assertThat(all).hasSizeBetween(120, 121);
        assertThat(all.subList(1, all.size() - 1))
                .allSatisfy(day -> assertThat(day.mean()).isBetween(2.45, 2.55));
        assertThat(read(end.minus(Duration.ofHours(47)), end, 1)).hasSize(47 * 12);
        assertThat(read(end.minus(Duration.ofDays(13)), end.minus(Duration.ofDays(12)), 1))
                .as("kept as minutes")
                .hasSize(288);
        assertThat(read(end.minus(Duration.ofDays(90)), end.minus(Duration.ofDays(89)), 1))
                .as("kept as quarters of an hour")
                .hasSizeBetween(95, 97);
    }

    @Test
    void the_file_stays_within_its_bound_and_keeps_the_coarse_past() {
        long bound = 400_000;
        Instant end = START.plus(Duration.ofDays(20));
        try (History history = History.open(state, START, bound)) {
            for (Instant at = START; at.isBefore(end); at = at.plus(Duration.ofMinutes(1))) {
                double noise = Math.abs(Math.sin((double) at.getEpochSecond()));
                history.record(
                        at,
                        List.of(Reading.of("x", "", noise), Reading.of("x", "a", noise), Reading.of("x", "b", noise)));
            }
        }
        assertThat(state.resolve("history.db").toFile().length()).isLessThan(2 * bound);
        assertThat(read(START, end, 86_400).size()).isGreaterThan(15);
    }

    /** Shares and rates wander, sizes move by pages, counters seldom: what a host's readings do in a day. */
    @Test
    void a_raw_sample_takes_three_bytes_at_most_with_all_coarser_steps() throws IOException {
        Random random = new Random(1);
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            readings.add(Reading.of("share_ratio", "s" + i, 0.5));
            readings.add(Reading.of("rate_bytes_per_second", "s" + i, 200_000));
            readings.add(Reading.of("room_bytes", "s" + i, 8e9));
            readings.add(Reading.of("errors", "s" + i, 3));
            readings.add(Reading.of("size_bytes", "s" + i, 5e11));
        }
        long samples = 0;
        Instant end = START.plus(Duration.ofDays(1));
        try (History history = History.open(state, START)) {
            for (Instant at = START; at.isBefore(end); at = at.plusSeconds(10)) {
                readings.replaceAll(reading -> moved(reading, random));
                history.record(at, readings);
                samples += readings.size();
            }
        }
        assertThat(samples).isEqualTo(8_640L * 40);
        assertThat(Files.size(state.resolve("history.db"))).isLessThanOrEqualTo(3 * samples);
    }

    private static Reading moved(Reading reading, Random random) {
        double value = switch (reading.name()) {
            case "share_ratio" -> Math.min(1, Math.max(0, reading.value() + random.nextGaussian() * 0.01));
            case "rate_bytes_per_second" -> Math.max(0, reading.value() + random.nextGaussian() * 5_000);
            case "room_bytes" -> reading.value() + Math.rint(random.nextGaussian() * 500) * 4096;
            case "errors" -> reading.value() + (random.nextInt(50) == 0 ? 1 : 0);
            default -> reading.value();
        };
        return Reading.of(reading.name(), reading.subject(), value);
    }

    @Test
    void a_clock_that_goes_back_adds_nothing_twice() {
        try (History history = History.open(state, START)) {
            record(history, START.plus(Duration.ofMinutes(10)), Duration.ofMinutes(5), RAW, second -> 1);
            record(history, START, Duration.ofMinutes(12), RAW, second -> 2);
            record(history, START.minus(Duration.ofHours(5)), Duration.ofMinutes(12), RAW, second -> 3);
        }
        assertThat(read(START.minus(Duration.ofDays(1)), START.plus(Duration.ofDays(1)), 1))
                .hasSize(5)
                .allSatisfy(sample -> assertThat(sample.mean()).isEqualTo(1));
    }

    @Test
    void a_file_of_another_version_is_not_touched() throws Exception {
        History.open(state, START).close();
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + state.resolve("history.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA user_version = 7");
        }
        assertThatThrownBy(() -> History.open(state, START))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("history.db has version 7, but this program knows version 1");
    }

    @Test
    void what_is_no_database_is_told_with_its_name() throws IOException {
        Files.writeString(state.resolve("history.db"), "this is a text of a length that no header has, but a text");
        assertThatThrownBy(() -> History.open(state, START))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("history.db cannot be opened");
    }

    @Test
    void without_a_file_there_is_no_history() {
        assertThatThrownBy(() -> HistoryReader.open(state))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("the daemon writes it when probes are on");
    }
}
