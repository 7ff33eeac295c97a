package io.keepwatch.catalog;

import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A catalog with the steps that tests take again and again, each waiting for its commit. */
final class OpenCatalog implements AutoCloseable {
    private final Path directory;
    private Catalog catalog;

    OpenCatalog(Path directory) {
        this.directory = directory;
        this.catalog = Catalog.open(directory);
    }

    Catalog catalog() {
        return catalog;
    }

    CatalogReader reader() {
        return catalog.reader();
    }

    void restart() {
        catalog.close();
        catalog = Catalog.open(directory);
    }

    /** Gives the id of the last. */
    long pending(FileVersion... versions) {
        catalog.addPending(Arrays.stream(versions).map(Samples::change).toList())
                .join();
        return pendingId(versions[versions.length - 1].path());
    }

    long pendingId(RawPath path) {
        return row(path, State.PENDING).orElseThrow().id();
    }

    Optional<CatalogVersion> row(RawPath path, State state) {
        return reader().versions(Samples.ROOT, path).stream()
                .filter(version -> version.state() == state)
                .findFirst();
    }

    long uploading(FileVersion version) {
        long id = pending(version);
        claim(id, version);
        return id;
    }

    void claim(long id, FileVersion version) {
        catalog.markUploading(List.of(new Claim(id, version))).join();
    }

    long durable(FileVersion version) {
        long id = uploading(version);
        finish(id, version.observed());
        return id;
    }

    void finish(long id, Instant at) {
        catalog.markDurable(List.of(new Durable(id, "object-" + id, at))).join();
    }

    List<String> names(String directory) {
        return reader().children(Samples.ROOT, RawPath.of(directory)).stream()
                .map(child -> child.name().toString())
                .toList();
    }

    @Override
    public void close() {
        catalog.close();
    }
}
