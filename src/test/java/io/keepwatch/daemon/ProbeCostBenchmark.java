package io.keepwatch.daemon;

import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import io.keepwatch.event.Event;
import io.keepwatch.event.ProbeFailed;
import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.ThresholdCrossed;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeRunner;
import io.keepwatch.probe.Probes;
import io.keepwatch.threshold.DefaultThresholds;
import io.keepwatch.threshold.ThresholdTracker;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What the probes cost on this host, by the kernel's own count of this process and of the programs it started: all of them
 * one after the other, the daemon at rest, and how long a new listener takes to be an event. {@code
 * src/test/bench/probe-cost.sh} runs it with the daemon's own JVM flags.
 */
final class ProbeCostBenchmark {
    private static final int WARM_UP_CYCLES = 150;
    private static final int CYCLES = 100;
    private static final int LISTENERS = 5;
    /** The unit of times in /proc; the same on every Linux that Java runs on. */
    private static final double TICK_MILLIS = 10;

    private final PrintStream out;

    private ProbeCostBenchmark(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        ProbeCostBenchmark benchmark = new ProbeCostBenchmark(System.out);
        switch (args[0]) {
            case "cycle" -> benchmark.cycle();
            case "rest" -> benchmark.rest(Path.of(args[1]).toAbsolutePath(), Integer.parseInt(args[2]));
            default -> benchmark.latency(Path.of(args[1]).toAbsolutePath());
        }
        Runtime.getRuntime().halt(0);
    }

    /** Own time and that of programs that have ended, in milliseconds. */
    private record Cpu(double own, double programs) {
        static Cpu now() throws IOException {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return new Cpu(ticks(fields, 11) + ticks(fields, 12), ticks(fields, 13) + ticks(fields, 14));
        }

        private static double ticks(String[] fields, int index) {
            return Long.parseLong(fields[index]) * TICK_MILLIS;
        }

        Cpu since(Cpu before) {
            return new Cpu(own - before.own, programs - before.programs);
        }
    }

    private void cycle() throws Exception {
        List<Probe> probes = Probes.ofThisHost();
        for (int i = 0; i < WARM_UP_CYCLES; i++) {
            for (Probe probe : probes) {
                probe.read();
            }
        }
        Cpu before = Cpu.now();
        for (int i = 0; i < CYCLES; i++) {
            for (Probe probe : probes) {
                probe.read();
            }
        }
        Cpu all = Cpu.now().since(before);
        line(
                "all probes, CPU a cycle",
                "%.1f ms, and %.1f ms in programs".formatted(all.own / CYCLES, all.programs / CYCLES));
        for (Probe probe : probes) {
            Cpu start = Cpu.now();
            long began = System.nanoTime();
            for (int i = 0; i < CYCLES; i++) {
                probe.read();
            }
            Cpu one = Cpu.now().since(start);
            line(
                    "  " + probe.info().name(),
                    "%.1f ms, and %.1f ms in programs; %.1f ms of time"
                            .formatted(
                                    one.own / CYCLES,
                                    one.programs / CYCLES,
                                    (System.nanoTime() - began) / 1e6 / CYCLES));
        }
    }

    private void rest(Path directory, int seconds) throws Exception {
        Path tree = Files.createDirectories(directory.resolve("tree"));
        Path file = Files.writeString(
                directory.resolve("keepwatch.yml"),
                "host: bench\nstate: " + directory.resolve("state") + "\nroots: [{path: " + tree
                        + ", name: tree}]\nhttp: off\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Daemon daemon =
                Daemon.start(new ConfigLoader(Machine.current()).load(file).config(), Clock.systemUTC());
        Thread.sleep(600_000);
        Cpu before = Cpu.now();
        Thread.sleep(seconds * 1000L);
        Cpu used = Cpu.now().since(before);
        line(
                "daemon at rest",
                "%.2f %% of a core, and %.2f %% in programs, over %d s"
                        .formatted(used.own / seconds / 10, used.programs / seconds / 10, seconds));
        daemon.close();
    }

    private void latency(Path directory) throws Exception {
        BlockingQueue<ThresholdCrossed> crossed = new LinkedBlockingQueue<>();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        HostWatch watch = new HostWatch(
                directory, new ThresholdTracker(DefaultThresholds.all()), thread, event -> keep(event, crossed));
        Probe listeners = Probes.ofThisHost().stream()
                .filter(probe -> probe.info().name().equals("network.listener"))
                .findFirst()
                .orElseThrow();
        ProbeRunner runner = new ProbeRunner(
                List.of(new ProbeRunner.Entry(listeners, listeners.info().every())),
                Runnable::run,
                Clock.systemUTC(),
                System::nanoTime,
                event -> {
                    if (event instanceof ProbeRead read) {
                        watch.take(read);
                    } else if (event instanceof ProbeFailed failed) {
                        watch.take(failed);
                    }
                });
        Thread beat = new Thread(() -> {
            try {
                while (true) {
                    runner.tick();
                    Thread.sleep(500);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        beat.setDaemon(true);
        beat.start();
        Thread.sleep(2_000);
        List<Double> took = new ArrayList<>();
        for (int i = 0; i < LISTENERS; i++) {
            Thread.sleep(i * 1_300L);
            long began = System.nanoTime();
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                String place = ":" + socket.getLocalPort();
                boolean told = false;
                while (!told) {
                    told = crossed.take().reading().subject().endsWith(place);
                }
            }
            took.add((System.nanoTime() - began) / 1e9);
        }
        double[] sorted =
                took.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        line(
                "new listener until its event",
                "%s s; the interval is %d s"
                        .formatted(
                                Arrays.toString(sorted),
                                listeners.info().every().toSeconds()));
    }

    private static void keep(Event event, BlockingQueue<ThresholdCrossed> crossed) {
        if (event instanceof ThresholdCrossed one) {
            crossed.add(one);
        }
    }

    private void line(String name, String value) {
        out.printf(Locale.ROOT, "%-32s %s%n", name, value);
    }
}
