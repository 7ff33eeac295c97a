package io.keepwatch.daemon;

import io.keepwatch.bus.Bus;
import io.keepwatch.config.ProbesConfig;
import io.keepwatch.event.Event;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.ProbeRunner;
import io.keepwatch.probe.linux.BootServices;
import io.keepwatch.threshold.DefaultThresholds;
import io.keepwatch.threshold.ThresholdTracker;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The probes of the daemon with all that belongs to them, or nothing where they are off. */
final class HostProbes implements AutoCloseable {
    private static final long IDLE_SECONDS = 20;
    private static final String BOOT = "service.boot";

    private final List<ProbeInfo> all;
    private final List<ProbeRunner.Entry> entries;
    private final ProbeBoard board = new ProbeBoard();
    private final ExecutorService probing;
    private final ExecutorService watching;
    private final HostWatch watch;
    private final ProbeVerticle verticle;
    private final BootWatch bootWatch;
    private volatile boolean stopping;

    /** @param probes of which the configuration says which are on */
    HostProbes(ProbesConfig config, List<Probe> probes, Path state, Bus bus, Clock clock, ThreadFactory threads) {
        this.all = probes.stream().map(Probe::info).toList();
        this.entries = probes.stream()
                .filter(probe -> config.every().containsKey(probe.info().name()))
                .map(probe -> new ProbeRunner.Entry(
                        probe,
                        config.every()
                                .getOrDefault(probe.info().name(), probe.info().every())))
                .toList();
        // A probe that hangs keeps its thread, and no other probe waits for it.
        this.probing = new ThreadPoolExecutor(
                0, Math.max(1, entries.size()), IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
        this.watching =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        this.watch = new HostWatch(
                state, new ThresholdTracker(DefaultThresholds.all()), watching, event -> publish(bus, event));
        ProbeRunner runner = new ProbeRunner(entries, probing, clock, System::nanoTime, event -> publish(bus, event));
        this.verticle = new ProbeVerticle(runner, bus, board, watch);
        this.bootWatch = new BootWatch(new BootServices(Path.of("/")), threads, () -> runner.readSoon(BOOT));
        if (entries.stream().anyMatch(entry -> entry.probe().info().name().equals(BOOT))) {
            watching.execute(bootWatch::start);
        }
    }

    /** What ends because the daemon ends is no news, and the bus is closed then. */
    private void publish(Bus bus, Event event) {
        if (!stopping) {
            bus.publish(event);
        }
    }

    boolean areOn() {
        return !entries.isEmpty();
    }

    ProbeVerticle verticle() {
        return verticle;
    }

    ProbeMetrics metrics(MeterRegistry registry) {
        return new ProbeMetrics(
                board, entries.stream().<Probe>map(ProbeRunner.Entry::probe).toList(), registry);
    }

    /** What the API shows of them; closed by its owner. */
    HostBoard view(Path state, Clock clock) {
        Map<String, Duration> every = entries.stream()
                .collect(Collectors.toMap(entry -> entry.probe().info().name(), ProbeRunner.Entry::every));
        return new HostBoard(all, every, board, watch::alerts, state, clock, HostBoard.MOST_POINTS_TOGETHER);
    }

    /** From now on nothing is told any more. */
    void silence() {
        stopping = true;
    }

    /** Saves what was read. The verticle must be stopped before. A probe that hangs is left behind. */
    @Override
    public void close() {
        bootWatch.close();
        probing.shutdownNow();
        watch.close();
        watching.shutdown();
    }
}
