package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelayTest {
    private final RetryDelay delay = new RetryDelay(new Random(7));

    @ParameterizedTest
    @CsvSource({"0, 250, 500", "1, 500, 1000", "4, 4000, 8000", "11, 300000, 600000", "1000000, 300000, 600000"})
    void it_doubles_up_to_ten_minutes_and_is_jittered_by_half(int attempts, long fromMillis, long toMillis) {
        for (int i = 0; i < 1000; i++) {
            assertThat(delay.after(attempts)).isBetween(Duration.ofMillis(fromMillis), Duration.ofMillis(toMillis));
        }
    }
}
