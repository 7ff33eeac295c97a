package io.keepwatch.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "1s, PT1S", "1h30m, PT1H30M", "30d, PT720H", "2w, PT336H"})
    void numbers_with_units_are_read(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "1h 30", "1.5h", "-1s", "1y"})
    void anything_else_is_refused_with_an_example(String text) {
        assertThatThrownBy(() -> DurationText.parse(text)).hasMessageContaining("for example 10s");
    }

    @ParameterizedTest
    @CsvSource({"PT0.012S, 12ms", "PT2.5S, 2.5s", "PT30S, 30s", "PT90M, 1h 30m", "PT26H, 1d 2h", "PT-5S, -5s"})
    void output_shows_the_two_largest_units(Duration duration, String text) {
        assertThat(DurationText.of(duration)).isEqualTo(text);
    }
}
