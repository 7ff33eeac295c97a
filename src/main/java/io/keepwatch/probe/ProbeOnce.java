package io.keepwatch.probe;

import io.keepwatch.event.Reading;
import io.keepwatch.unit.DurationText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs probes once each, all at the same time, and waits no longer than a probe may take. */
public final class ProbeOnce {
    /** Rates need two reads; this far apart they mean something. */
    private static final long BETWEEN_MILLIS = 1000;

    private ProbeOnce() {}

    /** What came of a probe: readings, and why there are none or not all. */
    public record Outcome(List<Reading> readings, Optional<String> problem) {}

    public static Map<Probe, Outcome> run(List<Probe> probes) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, probes.size()), task -> {
            Thread thread = new Thread(task, "keepwatch-probe");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Map<Probe, Future<List<Reading>>> running = new LinkedHashMap<>();
            probes.forEach(probe -> running.put(probe, threads.submit(() -> read(probe))));
            Map<Probe, Outcome> outcomes = new LinkedHashMap<>();
            for (Map.Entry<Probe, Future<List<Reading>>> entry : running.entrySet()) {
                outcomes.put(entry.getKey(), await(entry.getValue()));
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Reading> read(Probe probe) throws IOException, InterruptedException {
        List<Reading> first = probe.read();
        if (!probe.info().needsTwo()) {
            return first;
        }
        Thread.sleep(BETWEEN_MILLIS);
        return probe.read();
    }

    private static Outcome await(Future<List<Reading>> future) throws InterruptedException {
        try {
            List<Reading> readings = future.get(ProbeInfo.TIME_OUT.toMillis(), TimeUnit.MILLISECONDS);
            return new Outcome(readings, Optional.empty());
        } catch (TimeoutException e) {
            String text = "no answer within " + DurationText.of(ProbeInfo.TIME_OUT);
            return new Outcome(List.of(), Optional.of(text));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            List<Reading> rest = cause instanceof PartlyReadException partly ? partly.readings() : List.of();
            return new Outcome(rest, Optional.of(Parts.problem(cause)));
        }
    }
}
