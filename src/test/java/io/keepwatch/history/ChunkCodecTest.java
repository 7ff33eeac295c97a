package io.keepwatch.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkCodecTest {
    private static List<Sample> samples(double... values) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            samples.add(Sample.of(1_000 + 10L * i, values[i]));
        }
        return samples;
    }

    private static List<Sample> roundTrip(List<Sample> samples) {
        return ChunkCodec.decode(1_000, ChunkCodec.encode(1_000, samples));
    }

    @Test
    void whole_numbers_that_vary_little_are_exact_however_large() {
        List<Sample> samples = samples(270_553_174_016.0, 270_553_174_017.0, 270_553_999_999.0, 270_553_174_016.0);
        assertThat(roundTrip(samples)).isEqualTo(samples);
    }

    @Test
    void decimal_numbers_keep_five_digits_of_the_largest() {
        assertThat(roundTrip(samples(0.123456, 0.00001, 0.5)).stream().mapToDouble(Sample::mean))
                .containsExactly(0.12346, 0.00001, 0.5);
        assertThat(roundTrip(samples(24_377_831_424.0, 24_350_000_000.0)).get(0).mean())
                .isCloseTo(24_377_831_424.0, within(1_000_000.0));
    }

    @Test
    void zeros_negative_and_tiny_values_come_back() {
        assertThat(roundTrip(samples(0, 0, 0))).isEqualTo(samples(0, 0, 0));
        assertThat(roundTrip(samples(-12.5, 3, -0.5))).isEqualTo(samples(-12.5, 3, -0.5));
        assertThat(roundTrip(samples(1.5e-9, 3e-9)).get(1).mean()).isCloseTo(3e-9, within(1e-13));
        assertThat(roundTrip(samples())).isEmpty();
    }

    @Test
    void times_need_not_be_regular() {
        List<Sample> samples =
                List.of(Sample.of(999, 1), Sample.of(1_000, 2), Sample.of(4_599, 3), Sample.of(100_000_000_000L, 4));
        assertThat(roundTrip(samples)).isEqualTo(samples);
    }

    @Test
    void minimum_mean_and_maximum_are_kept_apart() {
        List<Sample> samples = List.of(new Sample(1_000, 1, 2.5, 4), new Sample(1_060, 0, 0.5, 1));
        assertThat(roundTrip(samples)).isEqualTo(samples);
    }

    @Test
    void any_values_come_back_within_the_promise() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            double scale = Math.pow(10, random.nextInt(24) - 9);
            double[] values =
                    random.doubles(1 + random.nextInt(400), -scale, scale).toArray();
            double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
            List<Sample> back = roundTrip(samples(values));
            for (int i = 0; i < values.length; i++) {
                assertThat(back.get(i).mean()).isCloseTo(values[i], within(largest * 1e-4));
            }
        }
    }

    @Test
    void a_quiet_hour_is_a_few_bytes() {
        double[] values = new double[360];
        Arrays.fill(values, 270_553_174_016.0);
        assertThat(ChunkCodec.encode(1_000, samples(values)).length).isLessThan(32);
    }

    @Test
    void damage_is_an_error_and_not_an_answer() {
        byte[] chunk = ChunkCodec.encode(1_000, samples(1, 2, 3, 4.5));
        for (int length = 1; length < chunk.length; length++) {
            byte[] cut = Arrays.copyOf(chunk, length);
            assertThatThrownBy(() -> ChunkCodec.decode(1_000, cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
