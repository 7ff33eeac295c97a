package io.keepwatch.catalog;

import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Measures the catalog with many versions; not a test. The directory must be empty:
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/class-path
 * java -Xmx256m -cp target/test-classes:target/classes:$(cat target/class-path) \
 *     io.keepwatch.catalog.CatalogBenchmark DIRECTORY 1000000
 * </pre>
 */
final class CatalogBenchmark {
    private static final String ROOT = "bench";
    private static final Instant START = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final int BATCH = 1000;
    private static final int FILES_IN_DIRECTORY = 100;

    private final Catalog catalog;
    private final long rows;
    private long began = System.nanoTime();
    private Duration cpuBefore = cpu();

    private CatalogBenchmark(Catalog catalog, long rows) {
        this.catalog = catalog;
        this.rows = rows;
    }

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        try (Catalog catalog = Catalog.open(directory)) {
            new CatalogBenchmark(catalog, Long.parseLong(args[1])).run();
        }
        long bytes = Files.size(directory.resolve(Catalog.FILE_NAME));
        say(
                "database: %.0f bytes for a durable version and a pending deletion",
                (double) bytes / Long.parseLong(args[1]));
    }

    private void run() {
        for (long first = 0; first < rows; first += BATCH) {
            List<FileVersion> batch = LongStream.range(first, Math.min(rows, first + BATCH))
                    .mapToObj(CatalogBenchmark::version)
                    .toList();
            catalog.addPending(batch.stream()
                            .map(version -> new PendingChange(version, false))
                            .toList())
                    .join();
        }
        lap("addPending", rows);
        catalog.reader().backlog();
        lap("one backlog()", 1);
        List<CatalogVersion> claimed = catalog.reader().claimable(BATCH, START);
        while (!claimed.isEmpty()) {
            catalog.markUploading(claimed.stream()
                            .map(row -> new Claim(row.id(), row.version()))
                            .toList())
                    .join();
            catalog.markDurable(claimed.stream()
                            .map(row -> new Durable(row.id(), location(row), START))
                            .toList())
                    .join();
            claimed = catalog.reader().claimable(BATCH, START);
        }
        lap("claimable + markUploading + markDurable", rows);
        read();
        catalog.addPendingDeletions(ROOT, RawPath.ROOT, START).join();
        lap("addPendingDeletions", rows);
    }

    private void read() {
        long children = 0;
        for (long directory = 0; directory < (rows + FILES_IN_DIRECTORY - 1) / FILES_IN_DIRECTORY; directory++) {
            children += catalog.reader()
                    .children(ROOT, RawPath.of(directory(directory)))
                    .size();
        }
        lap("children", children);
        for (Optional<Instant> time : List.<Optional<Instant>>of(Optional.empty(), Optional.of(START))) {
            AtomicLong seen = new AtomicLong();
            catalog.reader().forEachAt(ROOT, RawPath.ROOT, time, false, each -> seen.incrementAndGet());
            lap(time.isPresent() ? "forEachAt a time" : "forEachAt now", seen.get());
        }
        catalog.reader().totals(ROOT);
        lap("one totals()", 1);
        catalog.check();
        lap("check", rows);
    }

    private static String directory(long number) {
        return String.format(Locale.ROOT, "projects/area-%02d/directory-%06d", number % 100, number);
    }

    private static FileVersion version(long number) {
        String name = String.format(Locale.ROOT, "document-%07d.txt", number);
        RawPath path = RawPath.of(directory(number / FILES_IN_DIRECTORY) + "/" + name);
        Instant changed = START.minusSeconds(100 + number);
        FileStat stat =
                new FileStat(FileType.REGULAR, 4096, changed, changed, 64, 1_000_000 + number, 1, 0644, 1000, 1000, 0);
        FileMeta meta = new FileMeta(
                stat, Optional.of("ann"), Optional.of("users"), Optional.empty(), List.of(), Optional.empty());
        Sha256 hash = Sha256.hash(name.getBytes(StandardCharsets.UTF_8));
        return new FileVersion(ROOT, path, START, Optional.of(meta), Optional.of(hash), false);
    }

    private static String location(CatalogVersion row) {
        return "{\"key\":\"" + row.version().path() + "\"}";
    }

    private void lap(String what, long count) {
        double seconds = (System.nanoTime() - began) / 1e9;
        Duration cpuNow = cpu();
        Runtime runtime = Runtime.getRuntime();
        say(
                "%-42s %,9d rows in %6.2f s (%5.2f s of CPU): %,9.0f rows/s; heap in use %d MiB",
                what,
                count,
                seconds,
                (double) cpuNow.minus(cpuBefore).toMillis() / 1000,
                count / seconds,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        began = System.nanoTime();
        cpuBefore = cpuNow;
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
