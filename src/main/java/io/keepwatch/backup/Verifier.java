package io.keepwatch.backup;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.CatalogVersion;
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
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Compares the bucket with the catalog: all of it by lists, and a random share of the contents by reading them. */
public final class Verifier {
    private static final int CHUNK_BYTES = 128 * 1024;

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

    /** Reads a random share of the current files and compares their hashes; blocks. */
    public ReadReport readShare(Ratio share) {
        long[] counts = new long[3];
        forEachStored(stored -> {
            FileVersion version = stored.version();
            if (version.hash().isPresent() && random.nextDouble() < share.value()) {
                counts[0]++;
                long bytes = version.meta().map(meta -> meta.stat().sizeBytes()).orElse(0L);
                counts[1] += bytes;
                Optional<String> wrong = read(stored, version.hash().get());
                if (wrong.isPresent()) {
                    counts[2]++;
                    problem.accept("\"" + version.path() + "\" of root \"" + version.root() + "\": " + wrong.get());
                }
            }
        });
        return new ReadReport(counts[0], counts[1], counts[2]);
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
