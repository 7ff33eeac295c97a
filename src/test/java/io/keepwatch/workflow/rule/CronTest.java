package io.keepwatch.workflow.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

    private static List<String> next(String cron, String after, int count) {
        List<String> times = new ArrayList<>();
        Instant time = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            time = Cron.parse(cron, AMSTERDAM).next(time).orElseThrow();
            times.add(time.toString());
        }
        return times;
    }

    @Test
    void a_time_is_that_of_the_zone() {
        assertThat(next("30 3 * * *", "2026-07-01T00:00:00Z", 2))
                .containsExactly("2026-07-01T01:30:00Z", "2026-07-02T01:30:00Z");
    }

    @Test
    void a_time_within_the_gap_of_summer_time_comes_right_behind_it_and_once() {
        assertThat(next("30 2 * * *", "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(next("15,45 2 * * *", "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:15:00Z");
    }

    @Test
    void a_time_that_comes_twice_counts_once() {
        assertThat(next("30 2 * * *", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void a_later_time_of_the_doubled_hour_is_found_from_within_it() {
        assertThat(next("45 2 * * *", "2026-10-25T00:30:00Z", 1)).containsExactly("2026-10-25T00:45:00Z");
        assertThat(next("45 2 * * *", "2026-10-25T01:00:00Z", 1)).containsExactly("2026-10-26T01:45:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* * * *", "60 * * * *", "* 24 * * *", "0 0 31 2 *", "0 0 * * FUN", "@daily"})
    void what_is_no_time_is_refused_with_a_reason(String text) {
        assertThatThrownBy(() -> Cron.parse(text, AMSTERDAM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + text + "\"");
    }
}
