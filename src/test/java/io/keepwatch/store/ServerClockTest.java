package io.keepwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerClockTest {
    private static final Instant LOCAL = Instant.parse("2026-01-02T12:00:00Z");

    private final ServerClock clock = new ServerClock(Clock.fixed(LOCAL, ZoneOffset.UTC));

    @Test
    void nothing_is_known_before_the_first_answer() {
        assertThat(clock.now()).isEmpty();
    }

    @Test
    void the_last_answer_corrects_the_local_clock() {
        clock.answered(Optional.of("Fri, 02 Jan 2026 13:00:00 GMT"));
        assertThat(clock.now()).contains(Instant.parse("2026-01-02T13:00:00Z"));
        clock.answered(Optional.of("Fri, 02 Jan 2026 11:59:58 GMT"));
        assertThat(clock.now()).contains(Instant.parse("2026-01-02T11:59:58Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-01-02T13:00:00Z"})
    void a_date_that_cannot_be_read_changes_nothing(String date) {
        clock.answered(Optional.of("Fri, 02 Jan 2026 13:00:00 GMT"));
        clock.answered(Optional.of(date));
        clock.answered(Optional.empty());
        assertThat(clock.now()).contains(Instant.parse("2026-01-02T13:00:00Z"));
    }
}
