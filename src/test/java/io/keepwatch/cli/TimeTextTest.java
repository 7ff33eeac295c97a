package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class TimeTextTest {
    private final TimeText times =
            new TimeText(Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneId.of("Europe/Amsterdam")));

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T03:00:00Z, 2026-11-24T03:00:00Z",
        "2026-11-24T03:00:00+02:00, 2026-11-24T01:00:00Z",
        "2026-11-24T03:00, 2026-11-24T02:00:00Z",
        "2026-11-24 03:00, 2026-11-24T02:00:00Z",
        "2026-11-24 03:00:30, 2026-11-24T02:00:30Z",
        "2026-07-01, 2026-07-01T22:00:00Z",
        "2h, 2026-11-24T10:00:00Z",
        "1d, 2026-11-23T12:00:00Z"
    })
    void every_form_is_one_moment(String text, Instant expected) {
        assertThat(times.convert(text)).isEqualTo(expected);
    }

    @Test
    void what_is_no_time_is_answered_with_the_forms() {
        assertThatThrownBy(() -> times.convert("yesterday"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith("\"yesterday\" is not a time; write ");
    }
}
