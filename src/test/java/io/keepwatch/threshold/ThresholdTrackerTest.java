package io.keepwatch.threshold;

import static io.keepwatch.event.Severity.CRITICAL;
import static io.keepwatch.event.Severity.OK;
import static io.keepwatch.event.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.Reading;
import io.keepwatch.event.Severity;
import io.keepwatch.event.ThresholdCrossed;
import io.keepwatch.event.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Time passes only when a test says so. */
class ThresholdTrackerTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Instant now = Instant.parse("2026-11-25T12:00:00Z");

    private static ThresholdTracker tracker(Condition condition) {
        return new ThresholdTracker(List.of(Threshold.of("p", "t", "x", condition)));
    }

    private static Reading x(double value) {
        return Reading.of("x", "s", value);
    }

    private List<Severity> severities(ThresholdTracker tracker, Duration every, double... values) {
        List<Severity> told = new ArrayList<>();
        for (double value : values) {
            told.addAll(update(tracker, x(value)).stream()
                    .map(ThresholdCrossed::severity)
                    .toList());
            now = now.plus(every);
        }
        return told;
    }

    private List<ThresholdCrossed> update(ThresholdTracker tracker, Reading... readings) {
        return tracker.update(now, "p", Arrays.asList(readings));
    }

    private static final Levels SHARES = Levels.above(0.80, 0.75, 0.90, 0.85);

    @Test
    void a_level_is_told_once_when_it_is_reached_and_once_when_it_is_over() {
        assertThat(severities(tracker(SHARES), MINUTE, 0.5, 0.8, 0.82, 0.9, 0.95, 0.84, 0.75, 0.5))
                .containsExactly(WARNING, CRITICAL, WARNING, OK);
    }

    @Test
    void a_value_that_hovers_at_a_level_does_not_flap() {
        assertThat(severities(tracker(SHARES), MINUTE, 0.9, 0.885, 0.91, 0.86, 0.9, 0.851))
                .containsExactly(CRITICAL);
        assertThat(severities(tracker(SHARES), MINUTE, 0.8, 0.79, 0.81, 0.76)).containsExactly(WARNING);
    }

    @Test
    void what_is_not_good_stays_an_open_alert_over_a_restart() {
        ThresholdTracker tracker = tracker(SHARES);
        update(tracker, x(0.5));
        assertThat(tracker.open(now)).isEmpty();
        Instant told = now;
        update(tracker, x(0.82));
        now = now.plus(MINUTE);
        update(tracker, x(0.83));

        ThresholdTracker next = tracker(SHARES);
        next.load(tracker.save());
        assertThat(next.open(now))
                .isEqualTo(tracker.open(now))
                .containsExactly(new OpenAlert("p", "t", "s", WARNING, told, "x of s is 0.82: warning from 0.80"));
        update(next, x(0.5));
        assertThat(next.open(now)).isEmpty();
    }

    @Test
    void what_appeared_is_an_open_alert_for_a_day() {
        ThresholdTracker tracker = tracker(new Appearance(WARNING, false));
        update(tracker, x(1));
        assertThat(tracker.open(now)).isEmpty();
        update(tracker, x(1), Reading.of("x", "other", 1));
        update(tracker, x(1), Reading.of("x", "other", 1));
        assertThat(tracker.open(now)).extracting(OpenAlert::subject).containsExactly("other");
        assertThat(tracker.open(now.plus(Duration.ofHours(25)))).isEmpty();
        update(tracker, x(1));
        assertThat(tracker.open(now)).isEmpty();
    }

    @Test
    void a_jump_over_both_levels_is_one_event() {
        ThresholdTracker tracker = tracker(SHARES);
        update(tracker, x(0.1));
        List<ThresholdCrossed> crossed = update(tracker, x(0.99));
        assertThat(crossed).hasSize(1);
        assertThat(crossed.get(0).before()).isEqualTo(OK);
        assertThat(crossed.get(0).severity()).isEqualTo(CRITICAL);
        assertThat(severities(tracker, MINUTE, 0.1)).containsExactly(OK);
    }

    @Test
    void low_values_can_be_the_bad_ones() {
        assertThat(severities(tracker(Levels.below(0.10, 0.15, 0.05, 0.08)), MINUTE, 0.2, 0.1, 0.05, 0.07, 0.09, 0.16))
                .containsExactly(WARNING, CRITICAL, WARNING, OK);
    }

    @Test
    void a_level_that_is_held_needs_its_time() {
        ThresholdTracker tracker =
                new ThresholdTracker(List.of(Threshold.of("p", "t", "x", SHARES).heldFor(Duration.ofMinutes(5))));
        assertThat(severities(tracker, MINUTE, 0.85, 0.85, 0.85, 0.85, 0.85)).isEmpty();
        assertThat(severities(tracker, MINUTE, 0.85)).containsExactly(WARNING);
        assertThat(severities(tracker, MINUTE, 0.5)).containsExactly(OK);
    }

    @Test
    void one_good_value_begins_the_time_anew() {
        ThresholdTracker tracker =
                new ThresholdTracker(List.of(Threshold.of("p", "t", "x", SHARES).heldFor(Duration.ofMinutes(5))));
        assertThat(severities(tracker, MINUTE, 0.85, 0.85, 0.85, 0.85, 0.5, 0.85, 0.85, 0.85, 0.85, 0.85))
                .isEmpty();
    }

    @Test
    void subjects_do_not_mix() {
        ThresholdTracker tracker = tracker(SHARES);
        assertThat(update(tracker, Reading.of("x", "a", 0.85), Reading.of("x", "b", 0.1)))
                .extracting(event -> event.reading().subject())
                .containsExactly("a");
        assertThat(update(tracker, Reading.of("x", "a", 0.85), Reading.of("x", "b", 0.85)))
                .extracting(event -> event.reading().subject())
                .containsExactly("b");
    }

    @Test
    void a_subject_that_is_gone_is_over_and_begins_anew_when_it_returns() {
        ThresholdTracker tracker = tracker(SHARES);
        update(tracker, x(0.85));
        assertThat(update(tracker)).extracting(ThresholdCrossed::severity).containsExactly(OK);
        assertThat(update(tracker, x(0.85)))
                .extracting(ThresholdCrossed::severity)
                .containsExactly(WARNING);
    }

    @Test
    void nothing_is_gone_while_a_part_of_the_probe_cannot_be_read() {
        ThresholdTracker tracker = new ThresholdTracker(List.of(
                Threshold.of("p", "level", "x", SHARES), Threshold.of("p", "new", "x", new Appearance(WARNING, true))));
        update(tracker, x(0.85));
        ProbeRead partly = new ProbeRead(
                now,
                "p",
                List.of(Reading.of("x", "other", 0.95)),
                Duration.ZERO,
                Optional.of(new Unread("no answer", Set.of())));
        assertThat(tracker.update(partly))
                .extracting(crossed -> crossed.reading().subject())
                .containsExactlyInAnyOrder("other", "other");
        assertThat(tracker.open(now)).extracting(OpenAlert::subject).contains("s", "other");
        assertThat(update(tracker, x(0.85), Reading.of("x", "other", 0.95))).isEmpty();
    }

    @Test
    void what_is_of_another_kind_than_the_part_that_cannot_be_read_is_gone() {
        ThresholdTracker tracker = new ThresholdTracker(List.of(
                Threshold.of("p", "level", "x", SHARES), Threshold.of("p", "new", "x", new Appearance(WARNING, true))));
        update(tracker, x(0.85), kind("a", "A"), kind("b", "B"));
        ProbeRead partly =
                new ProbeRead(now, "p", List.of(), Duration.ZERO, Optional.of(new Unread("no answer", Set.of("A"))));
        assertThat(tracker.update(partly))
                .extracting(ThresholdCrossed::detail)
                .containsExactlyInAnyOrder("b is no longer there", "gone: b");
        assertThat(tracker.open(now))
                .extracting(OpenAlert::subject)
                .contains("s", "a")
                .doesNotContain("b");
        assertThat(tracker.update(partly)).isEmpty();
        assertThat(update(tracker))
                .extracting(crossed -> crossed.reading().subject())
                .contains("s", "a");
    }

    private static Reading kind(String subject, String kind) {
        return new Reading("x", subject, 0.85, Map.of("kind", kind));
    }

    @Test
    void a_disk_that_cannot_say_who_it_is_is_no_other_one() {
        ThresholdTracker tracker = tracker(Levels.warningFromOne());
        update(tracker, new Reading("x", "s", 0, Map.of("serial", "A")));
        assertThat(update(tracker, x(1))).extracting(ThresholdCrossed::severity).containsExactly(WARNING);
        assertThat(update(tracker, new Reading("x", "s", 0, Map.of("serial", "A"))))
                .extracting(ThresholdCrossed::severity)
                .containsExactly(OK);
        update(tracker, new Reading("x", "s", 1, Map.of("serial", "A")));
        assertThat(update(tracker, new Reading("x", "s", 1, Map.of("serial", "B"))))
                .as("another disk")
                .hasSize(1);
    }

    @Test
    void a_subject_that_only_sleeps_is_not_gone() {
        ThresholdTracker tracker = tracker(SHARES);
        update(tracker, x(0.85));
        assertThat(update(tracker, Reading.of("asleep", "s", 1))).isEmpty();
        assertThat(update(tracker, x(0.85))).isEmpty();
    }

    @Test
    void an_interface_that_never_had_a_link_is_left_alone() {
        Threshold link = Threshold.of(
                        "p",
                        "t",
                        "x",
                        new Levels(
                                Levels.Side.BELOW,
                                Optional.of(new Levels.Level(0, 1)),
                                Optional.empty(),
                                Optional.empty()))
                .onceGood();
        assertThat(severities(new ThresholdTracker(List.of(link)), MINUTE, 0, 0, 0))
                .isEmpty();
        assertThat(severities(new ThresholdTracker(List.of(link)), MINUTE, 0, 1, 0, 1))
                .containsExactly(WARNING, OK);
    }

    private List<Severity> disk(double gib, double... freeGib) {
        Threshold space = DefaultThresholds.all().get(0);
        ThresholdTracker tracker = new ThresholdTracker(List.of(space));
        List<Severity> told = new ArrayList<>();
        for (double free : freeGib) {
            double bytes = 1L << 30;
            tracker.update(
                            now,
                            "disk.usage",
                            List.of(
                                    Reading.of("disk.size_bytes", "/", gib * bytes),
                                    Reading.of("disk.available_bytes", "/", free * bytes),
                                    Reading.of("disk.used_ratio", "/", 1 - free / gib)))
                    .forEach(event -> told.add(event.severity()));
        }
        return told;
    }

    @Test
    void a_small_file_system_is_judged_by_its_share() {
        assertThat(disk(50, 40, 10, 5, 8, 20)).containsExactly(WARNING, CRITICAL, WARNING, OK);
    }

    @Test
    void a_large_file_system_is_judged_by_what_is_free() {
        assertThat(disk(10_000, 2000, 500, 21)).isEmpty();
        assertThat(disk(10_000, 2000, 19.9, 24, 9.9, 14, 16, 26)).containsExactly(WARNING, CRITICAL, WARNING, OK);
    }

    @Test
    void at_100_gib_both_rules_agree() {
        assertThat(disk(99.9, 30, 19.9)).containsExactly(WARNING);
        assertThat(disk(100, 30, 19.9)).containsExactly(WARNING);
    }

    @Test
    void growth_is_told_when_it_is_fast_enough_and_over_when_it_stops() {
        Growth growth = new Growth(10, Duration.ofMinutes(5), WARNING);
        assertThat(severities(tracker(growth), MINUTE, 1000, 1001, 1002, 1003, 1004, 1005, 1006))
                .isEmpty();
        assertThat(severities(tracker(growth), MINUTE, 1000, 1004, 1008, 1012, 1012, 1012, 1012, 1012, 1012))
                .containsExactly(WARNING, OK);
    }

    @Test
    void a_counter_that_begins_anew_has_not_grown() {
        Growth growth = new Growth(10, Duration.ofMinutes(5), WARNING);
        assertThat(severities(tracker(growth), MINUTE, 1000, 5, 9)).isEmpty();
    }

    @Test
    void growth_per_day_is_seen_at_ten_minute_reads() {
        Growth growth = new Growth(1, Duration.ofDays(1), CRITICAL);
        double[] days = new double[3 * 144];
        Arrays.fill(days, 144, days.length, 8);
        assertThat(severities(tracker(growth), Duration.ofMinutes(10), days)).containsExactly(CRITICAL, OK);
    }

    @Test
    void another_disk_under_the_same_name_has_not_grown() {
        ThresholdTracker tracker = tracker(new Growth(1, Duration.ofDays(1), CRITICAL));
        update(tracker, new Reading("x", "/dev/sda", 0, Map.of("serial", "A")));
        assertThat(update(tracker, new Reading("x", "/dev/sda", 50, Map.of("serial", "B"))))
                .isEmpty();
    }

    private static double[] line(double from, double to, int steps) {
        double[] values = new double[steps];
        for (int i = 0; i < steps; i++) {
            values[i] = from + (to - from) * i / (steps - 1);
        }
        return values;
    }

    private static final Forecast FORECAST =
            new Forecast(Duration.ofHours(24), Duration.ofHours(4), Duration.ofHours(1), 0.005);

    @Test
    void a_disk_that_fills_within_a_day_is_foretold() {
        // 0.4 an hour from 0.30 on: full within 4 h after half of the window.
        assertThat(severities(tracker(FORECAST), MINUTE, line(0.30, 0.50, 31))).containsExactly(CRITICAL);
        // 0.05 an hour at 0.5: full in 10 h.
        assertThat(severities(tracker(FORECAST), MINUTE, line(0.475, 0.5, 31))).containsExactly(WARNING);
        // 0.01 an hour at 0.5: full in 50 h.
        assertThat(severities(tracker(FORECAST), MINUTE, line(0.49, 0.5, 61))).isEmpty();
    }

    @Test
    void what_fills_a_large_file_system_slowly_is_foretold_where_little_is_left() {
        // 30 GiB an hour on 10 TiB with 600 GiB left: full in 20 h.
        assertThat(severities(tracker(FORECAST), MINUTE, line(0.94, 0.9429, 61)))
                .containsExactly(WARNING);
        // A third of that: full in 60 h.
        assertThat(severities(tracker(FORECAST), MINUTE, line(0.94, 0.941, 61))).isEmpty();
        double[] breathes = new double[180];
        for (int i = 0; i < breathes.length; i++) {
            breathes[i] = 0.94 + 0.001 * ((i % 10) / 10.0);
        }
        assertThat(severities(tracker(FORECAST), MINUTE, breathes)).isEmpty();
        double[] still = new double[90];
        Arrays.fill(still, 1);
        assertThat(severities(tracker(FORECAST), MINUTE, still))
                .as("full and still")
                .isEmpty();
    }

    @Test
    void a_forecast_is_over_when_the_growth_stops() {
        ThresholdTracker tracker = tracker(FORECAST);
        assertThat(severities(tracker, MINUTE, line(0.30, 0.50, 31))).containsExactly(CRITICAL);
        double[] still = new double[90];
        Arrays.fill(still, 0.5);
        assertThat(severities(tracker, MINUTE, still)).endsWith(OK);
    }

    @Test
    void a_disk_that_breathes_is_not_foretold() {
        double[] values = new double[180];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.5 + 0.002 * ((i % 10) / 10.0);
        }
        assertThat(severities(tracker(FORECAST), MINUTE, values)).isEmpty();
    }

    @Test
    void the_first_read_is_the_base_of_what_is_new() {
        ThresholdTracker tracker = tracker(new Appearance(WARNING, true));
        assertThat(update(tracker, Reading.of("x", "a", 1))).isEmpty();
        assertThat(update(tracker, Reading.of("x", "a", 1), new Reading("x", "b", 1, Map.of("port", "22"))))
                .extracting(ThresholdCrossed::detail)
                .containsExactly("new: b (port 22)");
        assertThat(update(tracker, Reading.of("x", "a", 1), Reading.of("x", "b", 1)))
                .isEmpty();
        assertThat(update(tracker, Reading.of("x", "b", 1)))
                .extracting(ThresholdCrossed::detail)
                .containsExactly("gone: a");
    }

    @Test
    void the_first_one_after_an_empty_base_is_new() {
        ThresholdTracker tracker = tracker(new Appearance(WARNING, false));
        assertThat(update(tracker)).isEmpty();
        assertThat(update(tracker, x(1))).hasSize(1);
        assertThat(update(tracker)).isEmpty();
    }

    @Test
    void what_was_told_before_a_restart_is_not_told_again() {
        List<Threshold> thresholds = List.of(
                Threshold.of("p", "level", "x", SHARES),
                Threshold.of("p", "growth", "x", new Growth(0.5, Duration.ofDays(1), WARNING)),
                Threshold.of("p", "new", "x", new Appearance(WARNING, false)));
        ThresholdTracker first = new ThresholdTracker(thresholds);
        first.update(now, "p", List.of(x(0.1)));
        now = now.plus(MINUTE);
        assertThat(first.update(now, "p", List.of(x(0.85)))).hasSize(2);
        ThresholdTracker second = new ThresholdTracker(thresholds);
        second.load(first.save());
        assertThat(second.save()).isEqualTo(first.save());
        now = now.plus(MINUTE);
        assertThat(second.update(now, "p", List.of(x(0.85)))).isEmpty();
        assertThat(second.update(now, "p", List.of(Reading.of("x", "other", 0.1), x(0.85))))
                .extracting(ThresholdCrossed::threshold)
                .containsExactly("new");
    }

    @Test
    void the_memory_of_a_threshold_that_is_no_more_is_dropped() {
        ThresholdTracker first = tracker(SHARES);
        update(first, x(0.85));
        ThresholdTracker second = new ThresholdTracker(List.of(Threshold.of("p", "another", "x", SHARES)));
        second.load(first.save());
        assertThat(second.save().subjects()).isEmpty();
    }

    @Test
    void the_event_says_what_and_how_much() {
        ThresholdTracker tracker = tracker(SHARES);
        ThresholdCrossed event = update(
                        new ThresholdTracker(List.of(Threshold.of("p", "t", "disk.used_ratio", SHARES))),
                        Reading.of("disk.used_ratio", "/srv", 0.83))
                .get(0);
        assertThat(event.detail()).isEqualTo("disk.used_ratio of /srv is 83.0%: warning from 80.0%");
        assertThat(event.topic()).isEqualTo("p");
        assertThat(update(tracker, x(0.5))).isEmpty();
    }
}
