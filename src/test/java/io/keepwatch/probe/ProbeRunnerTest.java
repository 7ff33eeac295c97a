package io.keepwatch.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.event.Event;
import io.keepwatch.event.ProbeFailed;
import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.Reading;
import io.keepwatch.event.Unread;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Time stands still unless a test moves it, and a probe runs when the test says so. */
class ProbeRunnerTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final List<Event> events = new ArrayList<>();
    private final List<Runnable> started = new ArrayList<>();
    private long nanos;

    private interface Read {
        List<Reading> read() throws IOException;
    }

    private static ProbeRunner.Entry entry(String name, Read read) {
        Probe probe = new Probe() {
            @Override
            public ProbeInfo info() {
                return new ProbeInfo(name, EVERY, "", "", false, List.of());
            }

            @Override
            public List<Reading> read() throws IOException {
                return read.read();
            }
        };
        return new ProbeRunner.Entry(probe, EVERY);
    }

    private ProbeRunner runner(ProbeRunner.Entry... entries) {
        return new ProbeRunner(List.of(entries), started::add, () -> NOW, () -> nanos, events::add);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private void finishStarted() {
        List<Runnable> all = List.copyOf(started);
        started.clear();
        all.forEach(Runnable::run);
    }

    @Test
    void a_probe_can_be_asked_for_before_its_time_and_then_keeps_its_interval() {
        ProbeRunner runner = runner(entry("a", List::of), entry("b", List::of));
        pass(Duration.ofSeconds(1));
        runner.tick();
        finishStarted();
        runner.readSoon("a");
        runner.readSoon("a");
        runner.readSoon("nobody");
        runner.tick();
        assertThat(started).isEmpty();
        pass(Duration.ofMillis(250));
        runner.tick();
        assertThat(started).hasSize(1);
        finishStarted();
        pass(Duration.ofSeconds(9));
        runner.tick();
        assertThat(started).hasSize(1);
    }

    @Test
    void a_probe_is_read_at_once_and_then_at_each_interval() {
        ProbeRunner runner = runner(entry("a", () -> List.of(Reading.of("x", "", 1))));
        for (int i = 0; i <= 30; i++) {
            runner.tick();
            finishStarted();
            pass(Duration.ofSeconds(1));
        }
        assertThat(events).hasSize(4);
        assertThat(events.get(0)).isEqualTo(new ProbeRead(NOW, "a", List.of(Reading.of("x", "", 1)), Duration.ZERO));
    }

    @Test
    void a_probe_is_never_started_twice_at_once() {
        ProbeRunner runner = runner(entry("a", List::of));
        runner.tick();
        pass(EVERY.multipliedBy(3));
        runner.tick();
        assertThat(started).hasSize(1);
        finishStarted();
        runner.tick();
        assertThat(started).hasSize(1);
    }

    @Test
    void a_probe_that_hangs_is_told_once_and_delays_no_other() {
        ProbeRunner runner = runner(entry("hangs", List::of), entry("works", List::of));
        runner.tick();
        Runnable hanging = started.remove(0);
        pass(Duration.ofSeconds(1));
        for (int i = 0; i < 10; i++) {
            runner.tick();
            finishStarted();
            pass(EVERY);
        }
        assertThat(events)
                .filteredOn(ProbeFailed.class::isInstance)
                .hasSize(1)
                .first()
                .satisfies(event -> assertThat(((ProbeFailed) event).problem()).startsWith("no answer for "));
        assertThat(events).filteredOn(ProbeRead.class::isInstance).hasSize(10);
        hanging.run();
        pass(EVERY);
        runner.tick();
        assertThat(started).hasSize(2);
    }

    @Test
    void a_failure_is_an_event_and_the_probe_goes_on() {
        ProbeRunner runner = runner(entry("a", () -> {
            throw new IOException("/proc/x should hold a number");
        }));
        runner.tick();
        finishStarted();
        assertThat(events).containsExactly(new ProbeFailed(NOW, "a", "/proc/x should hold a number", Duration.ZERO));
        pass(EVERY);
        runner.tick();
        assertThat(started).hasSize(1);
    }

    @Test
    void what_was_read_beside_a_part_that_failed_is_told_together_with_the_failure() {
        List<Reading> rest = List.of(Reading.of("x", "", 1));
        ProbeRunner runner = runner(entry("a", () -> {
            Parts parts = new Parts();
            parts.add("zfs", () -> {
                throw new IOException("zpool list was refused");
            });
            parts.add(() -> rest);
            return parts.readings();
        }));
        runner.tick();
        finishStarted();
        assertThat(events)
                .containsExactly(new ProbeRead(
                        NOW,
                        "a",
                        rest,
                        Duration.ZERO,
                        Optional.of(new Unread("zpool list was refused", Set.of("zfs")))));
    }

    @Test
    void a_defect_in_a_probe_does_not_end_it() {
        ProbeRunner runner = runner(entry("a", () -> {
            throw new IllegalStateException("defect");
        }));
        runner.tick();
        finishStarted();
        assertThat(events).hasSize(1);
        pass(EVERY);
        runner.tick();
        assertThat(started).hasSize(1);
    }
}
