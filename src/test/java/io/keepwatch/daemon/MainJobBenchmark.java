package io.keepwatch.daemon;

import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import io.keepwatch.http.Status;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Measures the main job on the embedded S3 server, all in one process: the first backup of many small files, a restart with
 * nothing changed, and how long single changes take to be durable. {@code src/test/bench/main-job.sh} runs it with the
 * daemon's own JVM flags.
 */
final class MainJobBenchmark {
    private static final int FILE_BYTES = 4096;
    private static final int FILES_A_DIRECTORY = 100;
    private static final int CHANGES = 200;

    private final PrintStream out;
    private final Path directory;
    private final int files;

    private MainJobBenchmark(PrintStream out, Path directory, int files) {
        this.out = out;
        this.directory = directory;
        this.files = files;
    }

    public static void main(String[] args) throws Exception {
        new MainJobBenchmark(System.out, Path.of(args[0]).toAbsolutePath(), Integer.parseInt(args[1])).run();
        Runtime.getRuntime().halt(0);
    }

    private void run() throws Exception {
        Path tree = Files.createDirectories(directory.resolve("tree"));
        fill(tree);
        Config config = config(tree);

        long began = System.nanoTime();
        Daemon daemon = Daemon.start(config, Clock.systemUTC());
        await(
                daemon,
                200,
                status -> status.state().equals("current")
                        && status.roots().get(0).files() >= files);
        double seconds = secondsSince(began);
        line("first backup", "%d files in %.1f s: %.0f files/s".formatted(files, seconds, files / seconds));
        requests(daemon, Map.of());
        memory();
        daemon.close();

        began = System.nanoTime();
        daemon = Daemon.start(config, Clock.systemUTC());
        java.time.Instant start = java.time.Instant.now();
        await(
                daemon,
                200,
                status -> status.state().equals("current")
                        && status.roots()
                                .get(0)
                                .lastReconcile()
                                .filter(at -> at.isAfter(start))
                                .isPresent());
        seconds = secondsSince(began);
        line("restart and reconcile, nothing changed", "%.1f s: %.0f files/s".formatted(seconds, files / seconds));
        requests(daemon, Map.of());
        memory();

        Map<String, Long> before =
                daemon.status().toCompletableFuture().join().requests().sinceStart();
        latency(daemon, tree);
        requests(daemon, before);
        memory();
        daemon.close();
    }

    private void latency(Daemon daemon, Path tree) throws Exception {
        double[] millis = new double[CHANGES];
        Random random = new Random(7);
        for (int i = 0; i < CHANGES; i++) {
            byte[] content = new byte[FILE_BYTES];
            random.nextBytes(content);
            Path file = file(tree, random.nextInt(files));
            long began = System.nanoTime();
            java.time.Instant start = java.time.Instant.now();
            Files.write(file, content);
            await(
                    daemon,
                    5,
                    status -> status.backlog().pending() + status.backlog().uploading() == 0
                            && status.roots()
                                    .get(0)
                                    .lastDurable()
                                    .filter(at -> at.isAfter(start))
                                    .isPresent());
            millis[i] = secondsSince(began) * 1000;
        }
        Arrays.sort(millis);
        line(
                "change to durable, " + CHANGES + " changes one after the other (settle.quiet 1 s)",
                "p50 %.0f ms, p99 %.0f ms, max %.0f ms"
                        .formatted(millis[CHANGES / 2], millis[CHANGES * 99 / 100], millis[CHANGES - 1]));
    }

    private void fill(Path tree) throws IOException {
        Random random = new Random(42);
        byte[] content = new byte[FILE_BYTES];
        for (int i = 0; i < files; i++) {
            Path file = file(tree, i);
            if (i % FILES_A_DIRECTORY == 0) {
                Files.createDirectories(file.resolveSibling("."));
            }
            random.nextBytes(content);
            Files.write(file, content);
        }
    }

    private static Path file(Path tree, int number) {
        return tree.resolve("d" + number / FILES_A_DIRECTORY).resolve("f" + number);
    }

    private Config config(Path tree) throws IOException {
        Path file = Files.writeString(
                directory.resolve("keepwatch.yml"),
                "host: bench\nstate: " + directory.resolve("state") + "\nroots: [{path: " + tree
                        + ", name: tree}]\nhttp: off\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new ConfigLoader(Machine.current()).load(file).config();
    }

    private void requests(Daemon daemon, Map<String, Long> before) {
        Map<String, Long> made = new TreeMap<>();
        daemon.status().toCompletableFuture().join().requests().sinceStart().forEach((type, count) -> {
            long difference = count - before.getOrDefault(type, 0L);
            if (difference > 0) {
                made.put(type, difference);
            }
        });
        line("  requests", made.isEmpty() ? "none" : made.toString());
    }

    private void memory() throws IOException {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        String status = Files.readString(Path.of("/proc/self/status"));
        String rss = status.lines()
                .filter(text -> text.startsWith("VmRSS") || text.startsWith("VmHWM"))
                .map(text -> text.replaceAll("\\s+", " "))
                .reduce((a, b) -> b + ", " + a)
                .orElse("");
        line("  memory", "heap in use after a collection " + new ByteSize(heap) + "; " + rss);
    }

    private static void await(Daemon daemon, long everyMillis, Predicate<Status> condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(30).toNanos();
        while (!condition.test(daemon.status().toCompletableFuture().join())) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("not reached in 30 minutes: "
                        + daemon.status().toCompletableFuture().join());
            }
            Thread.sleep(everyMillis);
        }
    }

    private void line(String what, String figures) {
        out.println(what + ": " + figures);
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
