package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long MIB = 1 << 20;

    private final AtomicLong nanos = new AtomicLong(-5);
    private final StringWriter err = new StringWriter();

    private Progress progress(boolean terminal) {
        return new Progress("restored", new PrintWriter(err), terminal, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void a_terminal_gets_five_lines_a_second_at_most() {
        Progress progress = progress(true);
        for (int i = 1; i <= 1000; i++) {
            pass(Duration.ofMillis(1));
            progress.update(i, i);
        }
        assertThat(err.toString().chars().filter(c -> c == '\r')).hasSize(5);
        assertThat(err.toString()).doesNotContain("\n");
    }

    @Test
    void a_log_gets_one_plain_line_in_ten_seconds() {
        Progress progress = progress(false);
        for (int i = 1; i <= 25; i++) {
            pass(Duration.ofSeconds(1));
            progress.update(i, i * MIB);
        }
        assertThat(err.toString()).isEqualTo("""
                        restored 10 files, 10.0 MiB, 1 files/s, 1.0 MiB/s
                        restored 20 files, 20.0 MiB, 1 files/s, 1.0 MiB/s
                        """);
    }

    @Test
    void a_known_total_gives_percent_and_the_time_left() {
        Progress progress = progress(false);
        progress.expect(100 * MIB);
        pass(Duration.ofSeconds(10));
        progress.update(200, 20 * MIB);
        assertThat(err.toString()).isEqualTo("restored 200 files, 20.0 MiB, 20 files/s, 2.0 MiB/s, 20 %, 41s left\n");
    }

    @Test
    void the_rate_is_that_of_the_last_seconds() {
        Progress progress = progress(false);
        for (int i = 1; i <= 60; i++) {
            pass(Duration.ofSeconds(1));
            progress.update(i <= 30 ? 0 : i - 30, i <= 30 ? 0 : (i - 30) * MIB);
        }
        assertThat(err.toString().lines().toList().get(5))
                .isEqualTo("restored 30 files, 30.0 MiB, 1 files/s, 1.0 MiB/s");
    }

    @Test
    void a_shorter_line_leaves_nothing_of_a_longer_one() {
        Progress progress = progress(true);
        progress.expect(1000 * MIB);
        pass(Duration.ofSeconds(1));
        progress.update(1, MIB);
        pass(Duration.ofSeconds(1));
        progress.update(1, 1000 * MIB);
        String[] lines = err.toString().split("\r", -1);
        assertThat(lines[2])
                .startsWith("restored 1 file, 1000.0 MiB")
                .contains("100 %")
                .doesNotContain("left");
        assertThat(lines[2].length()).isGreaterThanOrEqualTo(lines[1].length());
    }

    @Test
    void what_is_quick_shows_nothing() {
        for (boolean terminal : new boolean[] {true, false}) {
            try (Progress progress = progress(terminal)) {
                progress.expect(3);
                progress.update(3, 3);
            }
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void what_was_shown_ends_with_the_last_state_and_a_line_break() {
        try (Progress progress = progress(true)) {
            pass(Duration.ofSeconds(1));
            progress.update(1, 1);
            progress.update(3, 3);
        }
        assertThat(err.toString())
                .contains("\rrestored 1 file")
                .endsWith("\rrestored 3 files, 3 B, 3 files/s, 3 B/s\n");
    }

    @Test
    void nothing_to_do_is_all_done() {
        try (Progress progress = progress(false)) {
            progress.expect(0);
            pass(Duration.ofSeconds(10));
            progress.update(0, 0);
        }
        assertThat(err.toString()).contains("restored 0 files, 0 B, 0 files/s, 0 B/s, 100 %\n");
    }
}
