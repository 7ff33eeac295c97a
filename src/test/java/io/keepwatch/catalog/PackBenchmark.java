package io.keepwatch.catalog;

import io.keepwatch.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Measures the tables of packs; not a test. Run like {@link CatalogBenchmark}, with an empty directory and a number of packs. */
final class PackBenchmark {
    private static final int CHUNKS = 20_000;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private PackBenchmark() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        int packs = Integer.parseInt(args[1]);
        try (Catalog catalog = Catalog.open(directory)) {
            for (int pack = 0; pack < packs; pack++) {
                stage(catalog, pack);
            }
            CatalogPackReader reader = catalog.reader().packs();
            Random random = new Random(1);
            List<Sha256> some = IntStream.range(0, CHUNKS)
                    .mapToObj(any -> hash(random.nextInt(packs * CHUNKS)))
                    .toList();
            for (int round = 0; round < 3; round++) {
                lap("places of 20,000", () -> reader.places(some).size());
            }
            lap("needs of all", () -> reader.needs().size());
            lap("condemn one", () -> {
                catalog.packs().condemn(List.of(name(0)), NOW).join();
                return 1;
            });
            lap("forget one", () -> {
                catalog.packs().forget(List.of(name(0))).join();
                return 1;
            });
        }
        say("database: %d bytes a chunk", Files.size(directory.resolve(Catalog.FILE_NAME)) / (packs * (long) CHUNKS));
    }

    private static void stage(Catalog catalog, int pack) {
        PackRecord record =
                new PackRecord(name(pack), 0, new PackNumber("epoch", pack), 1 << 26, "md5", Optional.empty());
        List<ChunkRecord> chunks = IntStream.range(0, CHUNKS)
                .mapToObj(number -> new ChunkRecord(
                        hash(pack * CHUNKS + number),
                        name(pack),
                        number / 50 * 90_000L,
                        90_000,
                        number % 50 * 5_000L,
                        5_000))
                .toList();
        lap("stage pack " + pack, () -> {
            catalog.packs().stage(record, chunks, Map.of()).join();
            return CHUNKS;
        });
        catalog.packs().stored(name(pack), NOW).join();
    }

    private static String name(int pack) {
        return String.format(Locale.ROOT, "0/20260301T120000Z-00000000/%010d", pack);
    }

    private static Sha256 hash(int number) {
        return Sha256.hash(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
    }

    @FunctionalInterface
    private interface Work {
        int run();
    }

    private static void lap(String what, Work work) {
        long began = System.nanoTime();
        int count = work.run();
        say("%-20s %,8d in %6.3f s", what, count, (System.nanoTime() - began) / 1e9);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
