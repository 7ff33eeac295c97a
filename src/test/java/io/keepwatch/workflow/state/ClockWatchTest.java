package io.keepwatch.workflow.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final MovedClock clock = new MovedClock();
    private Duration counted = Duration.ZERO;
    /** What this machine's own clock does while the test runs is counted too. */
    private final long began = System.nanoTime();

    private final ClockWatch watch = new ClockWatch(clock, () -> System.nanoTime() - began + counted.toNanos());

    private void pass(Duration time) {
        clock.move(time);
        counted = counted.plus(time);
    }

    @Test
    void time_that_passes_is_no_jump() {
        pass(Duration.ofDays(3));
        assertThat(watch.jump()).isEmpty();
    }

    @Test
    void a_clock_that_was_set_by_more_than_a_minute_is_told_once() {
        pass(Duration.ofSeconds(30));
        clock.move(Duration.ofSeconds(90));
        assertThat(watch.jump()).get().satisfies(jump -> assertThat(jump).isCloseTo(Duration.ofSeconds(90), SECOND));
        pass(Duration.ofSeconds(30));
        assertThat(watch.jump()).isEmpty();
    }

    @Test
    void a_clock_that_was_set_back_is_told_too() {
        clock.move(Duration.ofMinutes(-5));
        pass(Duration.ofSeconds(30));
        assertThat(watch.jump()).get().satisfies(jump -> assertThat(jump).isCloseTo(Duration.ofMinutes(-5), SECOND));
    }

    @Test
    void a_correction_of_less_than_a_minute_is_none() {
        clock.move(Duration.ofSeconds(50));
        assertThat(watch.jump()).isEmpty();
        clock.move(Duration.ofSeconds(50));
        assertThat(watch.jump()).isEmpty();
    }
}
