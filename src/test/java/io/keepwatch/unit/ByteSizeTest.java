package io.keepwatch.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({"0B, 0", "20GB, 20000000000", "20GiB, 21474836480", "1.5 MiB, 1572864", "7kB, 7000"})
    void both_families_of_units_are_read(String text, long bytes) {
        assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @Test
    void an_ambiguous_size_is_refused_with_both_readings() {
        assertThatThrownBy(() -> ByteSize.parse("20G"))
                .hasMessageContaining("20GB (20000000000 bytes)")
                .hasMessageContaining("20GiB (21474836480 bytes)");
    }

    @ParameterizedTest
    @CsvSource({"20", "GiB", "-1B", "99999999TiB", "1gb"})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1536, 1.5 KiB", "21474836480, 20.0 GiB"})
    void output_has_binary_units(long bytes, String text) {
        assertThat(new ByteSize(bytes)).hasToString(text);
    }
}
