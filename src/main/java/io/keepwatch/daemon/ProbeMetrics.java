package io.keepwatch.daemon;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ReadingKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One gauge for each kind of reading, with the subject as its only label, and how each probe fares. */
final class ProbeMetrics {
    private static final String PREFIX = "keepwatch.probe.";

    private final ProbeBoard board;
    private final Map<String, MultiGauge> readings = new HashMap<>();
    private final MultiGauge duration;
    private final MultiGauge success;

    ProbeMetrics(ProbeBoard board, List<Probe> probes, MeterRegistry registry) {
        this.board = board;
        for (Probe probe : probes) {
            for (ReadingKind kind : probe.info().readings()) {
                readings.put(
                        kind.name(),
                        MultiGauge.builder(PREFIX + kind.name())
                                .description(kind.meaning())
                                .register(registry));
            }
        }
        this.duration = MultiGauge.builder(PREFIX + "duration.seconds")
                .description("How long the last read of a probe took")
                .register(registry);
        this.success = MultiGauge.builder(PREFIX + "success")
                .description("1 when the last read of a probe succeeded")
                .register(registry);
    }

    /** Takes the newest values; call it before the page is made, by one thread at a time. */
    void update() {
        Map<String, List<MultiGauge.Row<?>>> rows = new HashMap<>();
        List<MultiGauge.Row<?>> durations = new ArrayList<>();
        List<MultiGauge.Row<?>> successes = new ArrayList<>();
        board.last().forEach((probe, last) -> {
            durations.add(MultiGauge.Row.of(Tags.of("probe", probe), last.took().toNanos() / 1e9));
            successes.add(MultiGauge.Row.of(Tags.of("probe", probe), last.success() ? 1 : 0));
            for (Reading reading : last.readings()) {
                rows.computeIfAbsent(reading.name(), none -> new ArrayList<>())
                        .add(MultiGauge.Row.of(Tags.of("subject", reading.subject()), reading.value()));
            }
        });
        readings.forEach((name, gauge) -> gauge.register(rows.getOrDefault(name, List.of()), true));
        duration.register(durations, true);
        success.register(successes, true);
    }
}
