package io.keepwatch.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatioTest {
    @ParameterizedTest
    @CsvSource({"80%, 0.8", "0.8, 0.8", "100 %, 1.0", "0%, 0.0"})
    void a_share_is_read_as_percent_or_fraction(String text, double value) {
        assertThat(Ratio.parse(text).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "101%", "-1%", "NaN", "some"})
    void what_is_no_share_is_refused_with_an_example(String text) {
        assertThatThrownBy(() -> Ratio.parse(text)).hasMessageContaining("for example 80%");
    }
}
