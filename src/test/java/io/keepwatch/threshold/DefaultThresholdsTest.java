package io.keepwatch.threshold;

import static io.keepwatch.event.Severity.CRITICAL;
import static io.keepwatch.event.Severity.OK;
import static io.keepwatch.event.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.event.Reading;
import io.keepwatch.event.Severity;
import io.keepwatch.event.ThresholdCrossed;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.Probes;
import io.keepwatch.probe.ReadingKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each default on a line of values, one a minute of a clock that the test moves. */
class DefaultThresholdsTest {
    private static final double MIB = 1 << 20;

    private static Arguments line(String topic, String name, List<Double> values, Severity... told) {
        return Arguments.of(topic, name, values, List.of(told));
    }

    private static List<Double> v(double... values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static List<Double> held(double value, int minutes) {
        return Collections.nCopies(minutes, value);
    }

    private static List<Double> then(List<Double> first, List<Double> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                line(
                        "disk.usage",
                        "space",
                        v(0.79, 0.80, 0.76, 0.90, 0.86, 0.85, 0.75),
                        WARNING,
                        CRITICAL,
                        WARNING,
                        OK),
                line("disk.usage", "stuck", v(0, 1, 1, 0), CRITICAL, OK),
                line("inode.usage", "inodes", v(0.79, 0.80, 0.90, 0.85, 0.75), WARNING, CRITICAL, WARNING, OK),
                line("memory.usage", "available", v(0.2, 0.09, 0.09, 0.04, 0.04, 0.16), WARNING, CRITICAL, OK),
                line("memory.usage", "available", v(0.2, 0.09, 0.2)),
                line("memory.usage", "container", v(0.5, 0.96, 0.96, 0.5), CRITICAL, OK),
                line("memory.usage", "pressure", v(0.0, 0.15, 0.15, 0.01), WARNING, OK),
                line("swap.activity", "in", then(held(2 * MIB, 6), v(0)), WARNING, OK),
                line("swap.activity", "in", then(held(2 * MIB, 4), v(0))),
                line("swap.activity", "out", then(held(20 * MIB, 6), v(0)), CRITICAL, OK),
                line("network.traffic", "errors", v(5, 5, 16, 16, 16, 16, 16, 16, 16), WARNING, OK),
                line("network.traffic", "drops", v(0, 900, 1100), WARNING),
                line("network.traffic", "link", v(0, 0, 1, 0, 1), WARNING, OK),
                line("network.traffic", "busy", then(held(0.95, 6), v(0.85, 0.7)), WARNING, OK),
                line("raid.state", "degradation", v(0, 1, 2, 1, 0), WARNING, CRITICAL, WARNING, OK),
                line("raid.state", "failed members", v(0, 1, 0), WARNING, OK),
                line("raid.state", "mismatches", v(0, 8, 0), WARNING, OK),
                line("smart.attributes", "failed", v(0, 1), CRITICAL),
                line("smart.attributes", "unreadable", then(v(0), then(held(1, 6), v(0))), WARNING, OK),
                line("smart.attributes", "unreadable", held(1, 20)),
                line("smart.attributes", "reallocated", v(0, 8), WARNING),
                line("smart.attributes", "reallocated growth", v(8, 8, 9), CRITICAL),
                line("smart.attributes", "pending", v(0, 2, 0), WARNING, OK),
                line("smart.attributes", "pending growth", v(0, 1), CRITICAL),
                line("smart.attributes", "uncorrectable", v(0, 1), WARNING),
                line("smart.attributes", "uncorrectable growth", v(1, 2), CRITICAL),
                line("smart.attributes", "uncorrected", v(0, 3), WARNING),
                line("smart.attributes", "uncorrected growth", v(3, 4), CRITICAL),
                line("smart.attributes", "media errors", v(0, 1), WARNING),
                line("smart.attributes", "media errors growth", v(1, 2), CRITICAL),
                line("smart.attributes", "warnings", v(0, 1, 0), CRITICAL, OK),
                line("smart.attributes", "spare", v(0.9, 0.04, -0.01, 0.2), WARNING, CRITICAL, OK),
                line("smart.attributes", "worn", v(0.89, 0.9, 1.0), WARNING, CRITICAL),
                line("smart.attributes", "temperature", v(50, 55, 53, 60, 58, 56, 51), WARNING, CRITICAL, WARNING, OK),
                line("hardware.sensor", "temperature", v(10, 0, 2, 3), WARNING, OK),
                line("hardware.sensor", "critical temperature", v(10, -1, 5), CRITICAL, OK),
                line("hardware.sensor", "fan", v(0, 1, 0), CRITICAL, OK),
                line("hardware.sensor", "ipmi", v(0, 1, 2, 0), WARNING, CRITICAL, OK),
                line("hardware.sensor", "memory", v(0, 1), CRITICAL),
                line("hardware.sensor", "memory growth", v(3, 8, 13), WARNING),
                line("hardware.sensor", "power", v(1, 0, 1), CRITICAL, OK),
                line("hardware.sensor", "processors", then(v(2, 2), then(held(3, 3 * 24 * 60), v(2))), WARNING, OK),
                line("service.failed", "failed", v(1), WARNING),
                line("lvm.snapshot", "space", v(0.5, 0.8, 0.9, 0.1), WARNING, CRITICAL, OK),
                line("lvm.pool", "data", v(0.5, 0.8, 0.9), WARNING, CRITICAL),
                line("lvm.pool", "metadata", v(0.5, 0.8, 0.9), WARNING, CRITICAL));
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("lines")
    void each_default_tells_what_it_should(String topic, String name, List<Double> values, List<Severity> told) {
        Threshold threshold = DefaultThresholds.all().stream()
                .filter(some -> some.topic().equals(topic) && some.name().equals(name))
                .findFirst()
                .orElseThrow();
        ThresholdTracker tracker = new ThresholdTracker(List.of(threshold));
        Instant now = Instant.parse("2026-11-25T12:00:00Z");
        List<Severity> seen = new ArrayList<>();
        for (double value : values) {
            tracker.update(now, topic, List.of(Reading.of(threshold.reading(), "s", value)))
                    .forEach(event -> seen.add(event.severity()));
            now = now.plus(Duration.ofMinutes(1));
        }
        assertThat(seen).isEqualTo(told);
    }

    @Test
    void every_default_has_a_line_in_the_table() {
        List<String> tested = Stream.concat(
                        lines().map(line -> line.get()[0] + "/" + line.get()[1]),
                        Stream.of(
                                "disk.usage/forecast",
                                "network.listener/new",
                                "raid.state/arrays",
                                "service.boot/changed"))
                .distinct()
                .toList();
        assertThat(DefaultThresholds.all().stream().map(some -> some.topic() + "/" + some.name()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    @Test
    void every_default_watches_a_reading_that_its_probe_has() {
        Map<String, List<String>> byProbe = Probes.ofThisHost().stream()
                .map(Probe::info)
                .collect(Collectors.toMap(
                        info -> info.name(),
                        info -> info.readings().stream().map(ReadingKind::name).toList()));
        assertThat(DefaultThresholds.all())
                .allSatisfy(threshold -> assertThat(byProbe.get(threshold.topic()))
                        .as(threshold.topic())
                        .contains(threshold.reading()));
    }

    @Test
    void what_appears_is_told_where_it_matters() {
        ThresholdTracker tracker = new ThresholdTracker(DefaultThresholds.all());
        Instant now = Instant.parse("2026-11-25T12:00:00Z");
        for (String probe : List.of("network.listener", "service.boot", "raid.state")) {
            tracker.update(now, probe, List.of());
        }
        List<ThresholdCrossed> crossed = new ArrayList<>();
        crossed.addAll(tracker.update(now, "network.listener", List.of(Reading.of("network.listener", "tcp 22", 1))));
        crossed.addAll(tracker.update(now, "service.boot", List.of(Reading.of("service.enabled", "systemd x", 1))));
        crossed.addAll(tracker.update(now, "raid.state", List.of(Reading.of("raid.degradation", "md0", 0))));
        crossed.addAll(tracker.update(now, "network.listener", List.of()));
        crossed.addAll(tracker.update(now, "service.boot", List.of()));
        crossed.addAll(tracker.update(now, "raid.state", List.of()));
        assertThat(crossed)
                .extracting(ThresholdCrossed::detail)
                .containsExactly("new: tcp 22", "new: systemd x", "new: md0", "gone: systemd x", "gone: md0");
    }
}
