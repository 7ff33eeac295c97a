package io.keepwatch.daemon;

import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import io.keepwatch.event.Event;
import io.keepwatch.event.ProbeFailed;
import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.Severity;
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
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/**
 * What the probes cost on this host, by the kernel's own count of this process and of the programs it started: all of them
 * one after the other, the daemon at rest, and how long a new listener and a file system that fills up take to be an event. {@code
 * src/test/bench/probe-cost.sh} runs it with the daemon's own JVM flags.
 */
final class ProbeCostBenchmark {
    private static final int WARM_UP_CYCLES = 150;
    private static final int CYCLES = 100;
    private static final int LISTENERS = 5;
    private static final int FILLS = 3;
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
            case "fill" ->
                benchmark.fill(
                        Path.of(args[1]).toAbsolutePath(), Path.of(args[2]).toRealPath());
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
        Probe listeners = watch(directory, "network.listener", crossed);
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
        lineOfLatency("new listener until its event", took, listeners);
    }

    /** @param fileSystem a small one, mounted for this; it is filled over the level of the warning and emptied again */
    private void fill(Path directory, Path fileSystem) throws Exception {
        BlockingQueue<ThresholdCrossed> crossed = new LinkedBlockingQueue<>();
        Probe usage = watch(directory, "disk.usage", crossed);
        List<Double> full = new ArrayList<>();
        List<Double> empty = new ArrayList<>();
        for (int i = 0; i < FILLS; i++) {
            Thread.sleep(i * 7_300L);
            Path file = fileSystem.resolve("fill");
            FileStore store = Files.getFileStore(fileSystem);
            Files.write(file, new byte[(int) (store.getUsableSpace() * 0.87)]);
            full.add(await(crossed, fileSystem, Severity.WARNING));
            Files.delete(file);
            empty.add(await(crossed, fileSystem, Severity.OK));
        }
        lineOfLatency("full file system until its event", full, usage);
        lineOfLatency("emptied until its event", empty, usage);
    }

    /** Seconds from now until the space of a mount point is told as this. */
    private static double await(BlockingQueue<ThresholdCrossed> crossed, Path mount, Severity severity)
            throws InterruptedException {
        long began = System.nanoTime();
        boolean told = false;
        while (!told) {
            ThresholdCrossed event = crossed.take();
            told = event.threshold().equals("space")
                    && event.reading().subject().equals(mount.toString())
                    && event.severity() == severity;
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /** Runs one probe as the daemon does, at its own interval, with the thresholds that come with Keepwatch. */
    private static Probe watch(Path directory, String name, BlockingQueue<ThresholdCrossed> crossed)
            throws InterruptedException {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        HostWatch watch = new HostWatch(
                directory, new ThresholdTracker(DefaultThresholds.all()), thread, event -> keep(event, crossed));
        Probe watched = Probes.ofThisHost().stream()
                .filter(probe -> probe.info().name().equals(name))
                .findFirst()
                .orElseThrow();
        ProbeRunner runner = new ProbeRunner(
                List.of(new ProbeRunner.Entry(watched, watched.info().every())),
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
        return watched;
    }

    private void lineOfLatency(String name, List<Double> took, Probe probe) {
        String seconds =
                took.stream().sorted().map(each -> "%.1f".formatted(each)).collect(Collectors.joining(", "));
        line(
                name,
                "%s s; the interval is %d s"
                        .formatted(seconds, probe.info().every().toSeconds()));
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
