package io.keepwatch.backup;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.ChunkRecord;
import io.keepwatch.file.Content;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.VerifyReport;
import io.keepwatch.layout.VerifyRequest;
import io.keepwatch.unit.Ratio;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Compares the bucket with the catalog: all of it by lists, and a random share of the contents by reading them. */
public final class Verifier {
    private static final int CHUNK_BYTES = 128 * 1024;
    private static final int BATCH = 20_000;

    private final CatalogReader catalog;
    private final StorageLayout layout;
    private final RandomGenerator random;
    private final Consumer<String> problem;

    /** @param problem gets a sentence for each difference */
    public Verifier(CatalogReader catalog, StorageLayout layout, RandomGenerator random, Consumer<String> problem) {
        this.catalog = catalog;
        this.layout = layout;
        this.random = random;
        this.problem = problem;
    }

    /** What was read and compared by hash. */
    public record ReadReport(long files, long bytes, long wrong) {}

    /** From lists alone: one request per 1,000 objects. */
    public CompletionStage<VerifyReport> compareLists() {
        return layout.verify(new VerifyRequest(this::forEachStored, problem));
    }

    /** Reads a random share of the current files and compares their hashes; blocks. Holds some thousands at a time. */
    public ReadReport readShare(Ratio share) {
        Reading reading = new Reading();
        List<StoredVersion> batch = new ArrayList<>();
        forEachStored(stored -> {
            if (hasContent(stored) && random.nextDouble() < share.value()) {
                batch.add(stored);
            }
            if (batch.size() == BATCH) {
                reading.readAll(batch);
                batch.clear();
            }
        });
        reading.readAll(batch);
        return reading.report();
    }

    /** The same for so many files, each as likely as any other; fewer where there are not so many. */
    public ReadReport readSample(int files) {
        List<StoredVersion> sample = new ArrayList<>();
        long[] seen = new long[1];
        forEachStored(stored -> {
            if (!hasContent(stored)) {
                return;
            }
            seen[0]++;
            if (sample.size() < files) {
                sample.add(stored);
            } else {
                long place = random.nextLong(seen[0]);
                if (place < files) {
                    sample.set((int) place, stored);
                }
            }
        });
        Reading reading = new Reading();
        reading.readAll(sample);
        return reading.report();
    }

    private static boolean hasContent(StoredVersion stored) {
        return stored.version().hash().isPresent();
    }

    /** Counts what is read. */
    private final class Reading {
        private long files;
        private long bytes;
        private long wrong;

        /** In the order in which the contents lie in their packs, so that one request serves many of them. */
        void readAll(List<StoredVersion> batch) {
            Map<Sha256, ChunkRecord> places = catalog.packs()
                    .places(batch.stream()
                            .flatMap(stored -> stored.version().hash().stream())
                            .distinct()
                            .toList());
            Comparator<ChunkRecord> order =
                    Comparator.comparing(ChunkRecord::pack).thenComparing(ChunkRecord::frameOffset);
            batch.stream()
                    .sorted(Comparator.comparing(
                            stored -> stored.version().hash().map(places::get),
                            (a, b) -> a.isPresent() && b.isPresent()
                                    ? order.compare(a.get(), b.get())
                                    : Boolean.compare(b.isPresent(), a.isPresent())))
                    .forEach(this::readOne);
        }

        private void readOne(StoredVersion stored) {
            FileVersion version = stored.version();
            files++;
            bytes += version.meta().map(meta -> meta.stat().sizeBytes()).orElse(0L);
            Optional<String> difference = read(stored, version.hash().orElseThrow());
            if (difference.isPresent()) {
                wrong++;
                problem.accept("\"" + version.path() + "\" of root \"" + version.root() + "\": " + difference.get());
            }
        }

        ReadReport report() {
            return new ReadReport(files, bytes, wrong);
        }
    }

    private Optional<String> read(StoredVersion stored, Sha256 expected) {
        try {
            Content content = layout.open(stored).toCompletableFuture().join();
            MessageDigest digest = Sha256.newDigest();
            byte[] chunk = new byte[CHUNK_BYTES];
            try (InputStream in = content.open(0)) {
                for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                    digest.update(chunk, 0, count);
                }
            }
            Sha256 actual = Sha256.of(digest.digest());
            return actual.equals(expected)
                    ? Optional.empty()
                    : Optional.of("the bucket holds other bytes (SHA-256 " + actual + " instead of " + expected + ")");
        } catch (CompletionException e) {
            return Optional.of(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void forEachStored(Consumer<StoredVersion> each) {
        for (String root : catalog.roots()) {
            catalog.forEachAt(root, RawPath.ROOT, Optional.empty(), false, row -> each.accept(stored(row)));
        }
    }

    private static StoredVersion stored(CatalogVersion row) {
        return new StoredVersion(row.version(), new Location(row.location().orElse("")));
    }
}
