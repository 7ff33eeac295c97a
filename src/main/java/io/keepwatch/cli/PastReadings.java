package io.keepwatch.cli;

import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.Reading;
import io.keepwatch.history.HistoryReader;
import io.keepwatch.history.Sample;
import io.keepwatch.history.Series;
import io.keepwatch.workflow.type.EventSource;
import io.keepwatch.workflow.type.HostSchemas;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The readings of the history as the events that rules saw then, but for their labels. One thread at a time; blocks. */
final class PastReadings {
    private final HistoryReader history;
    private final String host;
    private final Supplier<String> ids;
    private final List<Line> lines;

    /** @param ids gives each event its own */
    PastReadings(HistoryReader history, String host, Supplier<String> ids) {
        this.history = history;
        this.host = host;
        this.ids = ids;
        this.lines = history.series().stream()
                .flatMap(series ->
                        HostSchemas.probeReading(series.name()).map(probe -> new Line(probe, series)).stream())
                .toList();
    }

    /** A time line, and the probe that its values are from. */
    private record Line(String probe, Series series) {}

    /** By time, from the first to before the second. The time of a mean is the beginning of what it stands for. */
    List<RuleEvent> between(Instant from, Instant to) {
        TreeMap<Long, TreeMap<String, List<Reading>>> bySecond = new TreeMap<>();
        for (Line line : lines) {
            for (Sample sample : history.read(line.series(), from, to, 1)) {
                bySecond.computeIfAbsent(sample.second(), second -> new TreeMap<>())
                        .computeIfAbsent(line.probe(), probe -> new ArrayList<>())
                        .add(Reading.of(line.series().name(), line.series().subject(), sample.mean()));
            }
        }
        List<RuleEvent> events = new ArrayList<>();
        bySecond.forEach((second, probes) -> probes.forEach((probe, readings) -> events.addAll(HostSchemas.events(
                new ProbeRead(Instant.ofEpochSecond(second), probe, readings, Duration.ZERO),
                host,
                EventSource.of(host, "probe"),
                ids))));
        return events;
    }

    /** From when on these are the values as they were read. */
    Optional<Instant> rawSince() {
        return history.rawSince();
    }
}
