package io.keepwatch.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any history of a path and any retention. */
class RetentionPropertyTest {
    private static final Instant NOW = Instant.parse("2026-03-20T12:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    record Version(Instant observed, boolean deletion) {}

    /** Mostly in order from the newest; some are years apart, some seconds, and a few are in the wrong order. */
    @Provide
    Arbitrary<List<Version>> histories() {
        Arbitrary<Long> steps = Arbitraries.oneOf(
                Arbitraries.longs().between(1, 3_600),
                Arbitraries.longs().between(1, 200_000),
                Arbitraries.longs().between(1, 40_000_000),
                Arbitraries.longs().between(-10_000, 0));
        Arbitrary<Version> versions = Combinators.combine(
                        steps, Arbitraries.integers().between(0, 4))
                .as((step, kind) -> new Version(Instant.ofEpochSecond(step), kind == 0));
        return versions.list().ofMinSize(1).ofMaxSize(40).map(RetentionPropertyTest::backFromNow);
    }

    private static List<Version> backFromNow(List<Version> steps) {
        List<Version> history = new ArrayList<>();
        Instant time = NOW;
        for (Version step : steps) {
            time = time.minusSeconds(step.observed().getEpochSecond());
            history.add(new Version(time, step.deletion()));
        }
        return history;
    }

    @Provide
    Arbitrary<Retention> retentions() {
        Arbitrary<Integer> counts = Arbitraries.integers().between(0, 6);
        return Combinators.combine(Arbitraries.longs().between(0, 5_000), counts, counts, counts, counts, counts)
                .as((minutes, hourly, daily, weekly, monthly, yearly) ->
                        new Retention(Duration.ofMinutes(minutes), hourly, daily, weekly, monthly, yearly));
    }

    private static List<Version> kept(List<Version> history, Retention retention, Instant now) {
        RetentionPlan plan = new RetentionPlan(retention, now, ZONE);
        return history.stream()
                .filter(version -> plan.keeps(version.observed(), version.deletion()))
                .toList();
    }

    @Property
    void the_current_version_every_deletion_and_what_is_recent_stay(
            @ForAll("histories") List<Version> history, @ForAll("retentions") Retention retention) {
        List<Version> kept = kept(history, retention, NOW);
        assertThat(kept).startsWith(history.get(0));
        assertThat(kept).containsAll(history.stream().filter(Version::deletion).toList());
        Instant recent = NOW.minus(retention.keepAll());
        for (int i = 1; i < history.size(); i++) {
            if (history.get(i - 1).observed().isAfter(recent)) {
                assertThat(kept).contains(history.get(i));
            }
        }
    }

    @Property
    void applying_it_twice_changes_nothing(
            @ForAll("histories") List<Version> history, @ForAll("retentions") Retention retention) {
        List<Version> kept = kept(history, retention, NOW);
        assertThat(kept(kept, retention, NOW)).isEqualTo(kept);
    }

    @Property
    void a_retention_that_keeps_more_removes_nothing_that_one_which_keeps_less_keeps(
            @ForAll("histories") List<Version> history, @ForAll("retentions") Retention retention) {
        Retention more = new Retention(
                retention.keepAll().plusHours(5),
                retention.hourly() + 1,
                retention.daily() + 1,
                retention.weekly() + 1,
                retention.monthly() + 1,
                retention.yearly() + 1);
        assertThat(kept(history, more, NOW)).containsAll(kept(history, retention, NOW));
    }

    @Property
    void what_is_left_is_bounded_by_the_rules(
            @ForAll("histories") List<Version> history, @ForAll("retentions") Retention retention) {
        Instant later = NOW.plus(Duration.ofDays(3_650));
        long contents = kept(history, retention, later).stream()
                .filter(version -> !version.deletion())
                .count();
        int rules =
                retention.hourly() + retention.daily() + retention.weekly() + retention.monthly() + retention.yearly();
        assertThat(contents).isLessThanOrEqualTo(history.get(0).deletion() ? 0 : rules + 1);
    }
}
