package io.keepwatch.history;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.Probes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Bytes for a raw sample on disk and the time of a 24-hour chart. A host's readings of now become two days of readings every
 * ten seconds: ratios and rates wander at random, counts and sizes move now and then.
 */
final class HistoryBenchmark {
    private static final int RUNS = 50;

    private HistoryBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path state = Files.createTempDirectory("history-benchmark");
        Instant end = Instant.parse("2026-11-25T12:00:00Z");
        Instant start = end.minus(Duration.ofDays(2));
        List<Reading> readings = readings();
        Random random = new Random(1);
        long samples = 0;
        long began = System.nanoTime();
        try (History history = History.open(state, start)) {
            for (Instant at = start; at.isBefore(end); at = at.plusSeconds(10)) {
                readings.replaceAll(reading -> next(reading, random));
                history.record(at, readings);
                samples += readings.size();
            }
        }
        double writeSeconds = (System.nanoTime() - began) / 1e9;
        long size = Files.size(state.resolve("history.db"));
        System.out.printf(
                "%d series, %d samples, %d bytes in all: %.2f bytes a sample with all coarser steps, written in %.1f s%n",
                readings.size(), samples, size, (double) size / samples, writeSeconds);
        chart(state, readings, end, 1);
        chart(state, readings, end, 60);
        chart(state, readings, end, 300);
    }

    private static List<Reading> readings() throws IOException, InterruptedException {
        List<Reading> readings = new ArrayList<>();
        for (Probe probe : Probes.ofThisHost()) {
            probe.read();
        }
        Thread.sleep(1000);
        for (Probe probe : Probes.ofThisHost()) {
            probe.read();
            readings.addAll(probe.info().name().startsWith("service") ? List.of() : probe.read());
        }
        return readings;
    }

    private static Reading next(Reading reading, Random random) {
        double value = reading.value();
        if (reading.name().endsWith("_ratio")) {
            value = Math.min(1, Math.max(0, value + random.nextGaussian() * 0.01));
        } else if (reading.name().endsWith("_per_second")) {
            value = Math.max(0, value + random.nextGaussian() * 5_000);
        } else if (reading.name().endsWith("available_bytes")) {
            value = Math.max(0, value + Math.rint(random.nextGaussian() * 500) * 4096);
        } else if (random.nextInt(50) == 0) {
            value = Math.max(0, value + 1);
        }
        return new Reading(reading.name(), reading.subject(), value, reading.labels());
    }

    private static void chart(Path state, List<Reading> readings, Instant end, long step) {
        List<Long> nanos = new ArrayList<>();
        int points = 0;
        for (int run = 0; run < RUNS; run++) {
            Reading reading = readings.get(run % readings.size());
            long began = System.nanoTime();
            try (HistoryReader reader = HistoryReader.open(state)) {
                points = reader.read(
                                new Series(reading.name(), reading.subject()), end.minus(Duration.ofDays(1)), end, step)
                        .size();
            }
            nanos.add(System.nanoTime() - began);
        }
        nanos.sort(Long::compare);
        System.out.printf(
                "24 hours in steps of %d s: %d points, median %.1f ms, 95th percentile %.1f ms, file opened each time%n",
                step, points, nanos.get(RUNS / 2) / 1e6, nanos.get(RUNS * 95 / 100) / 1e6);
    }
}
