package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.backup.FlushPace.Comparing;
import io.keepwatch.catalog.Waiting;
import io.keepwatch.layout.FlushLimit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlushPaceTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final FlushLimit LIMIT = new FlushLimit(100, 1_000);

    @ParameterizedTest(name = "{0} of a budget of {1} used, {2} a flush, {3} left: {4}")
    @CsvSource({
        // Nothing used: evenly over the whole day.
        "0, 1440, 1, PT24H, PT1M",
        "0, 86400, 1, PT24H, PT1S",
        "0, 24, 1, PT24H, PT1H",
        // Half of the day, half of the budget.
        "720, 1440, 1, PT12H, PT1M",
        // Used up faster than evenly: the rest is stretched.
        "1080, 1440, 1, PT12H, PT2M",
        // Hardly used: shorter.
        "0, 1440, 1, PT12H, PT30S",
        // A flush that costs more has a longer pause.
        "0, 1440, 10, PT24H, PT10M",
        // An hour at most, whatever the budget says.
        "1439, 1440, 1, PT12H, PT1H",
        "1440, 1440, 1, PT12H, PT1H",
        "9999, 1440, 1, PT12H, PT1H",
        "0, 10, 1, PT24H, PT1H",
        // Money: 5.00 a month of 30 days at 0.005 for 1,000 requests are a million requests.
        "0, 5.00, 0.000005, P30D, PT2.592S",
        "4.99, 5.00, 0.000005, P15D, PT10M48S",
        // Requests that cost nothing need no budget.
        "0, 5.00, 0, P30D, PT0S",
        "9, 5.00, 0, P30D, PT0S",
        // The last moment of a period.
        "0, 1440, 1, PT0S, PT0S",
    })
    void a_budget_is_spread_evenly_over_the_rest_of_its_period(
            BigDecimal used, BigDecimal budget, BigDecimal perFlush, Duration left, Duration pause) {
        assertThat(FlushPace.pause(budget, used, perFlush, left)).isEqualTo(pause);
    }

    @ParameterizedTest
    @CsvSource({"100, 86400, 1", "500, 86400, 1", "1000, 86400, 1", "10000, 2678400, 7"})
    void whoever_keeps_to_the_pauses_keeps_to_the_budget(int budget, long seconds, int perFlush) {
        long spent = 0;
        double left = seconds;
        while (left > 0) {
            spent += perFlush;
            left -= FlushPace.pause(
                                    BigDecimal.valueOf(budget),
                                    BigDecimal.valueOf(spent),
                                    BigDecimal.valueOf(perFlush),
                                    Duration.ofMillis((long) (left * 1000)))
                            .toMillis()
                    / 1000.0;
        }
        assertThat(spent).isLessThanOrEqualTo(budget + perFlush);
    }

    @ParameterizedTest(name = "{0} rows of {1} bytes for {2}, urgent {3}, {4} compared, paused {5}: {6}")
    @CsvSource({
        "1, 10, PT0S, false, NOTHING, false, true",
        "1, 10, PT0S, false, TREE, false, false",
        "99, 999, PT9.9S, false, TREE, false, false",
        "1, 10, PT10S, false, TREE, false, true",
        "100, 10, PT0S, false, TREE, false, true",
        "1, 1000, PT0S, false, TREE, false, true",
        "1, 10, PT0S, true, TREE, false, true",
        "1, 10, PT0.4S, false, PATHS, false, false",
        "1, 10, PT0.5S, false, PATHS, false, true",
        "1, 10, PT20H, false, NOTHING, true, false",
        "100, 10, PT20H, false, TREE, true, false",
        "1, 10, PT0S, true, TREE, true, true",
        // A clock that was set back.
        "1, 10, PT-5H, false, NOTHING, false, true",
    })
    void what_is_found_together_goes_together(
            long rows, long bytes, Duration age, boolean urgent, Comparing comparing, boolean paused, boolean goes) {
        Waiting waiting = new Waiting(rows, bytes, Optional.of(NOW.minus(age)), urgent);
        assertThat(FlushPace.isTime(waiting, LIMIT, comparing, paused, NOW)).isEqualTo(goes);
    }

    @Test
    void nothing_at_all_has_no_age() {
        assertThat(FlushPace.isTime(Waiting.NOTHING, LIMIT, Comparing.TREE, false, NOW))
                .isFalse();
    }
}
