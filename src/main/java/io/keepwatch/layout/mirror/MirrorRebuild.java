package io.keepwatch.layout.mirror;

import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.layout.Failures;
import io.keepwatch.layout.InFlight;
import io.keepwatch.layout.ListWalk;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.store.ListedObject;
import io.keepwatch.store.ObjectInfo;
import io.keepwatch.store.ObjectStore;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Lists what the bucket knows: one LIST per 1,000 objects, one HEAD each. Deleted files come from the trash. */
final class MirrorRebuild {
    private final ObjectStore store;
    private final MirrorKeys keys;
    private final MetadataLimit limit;
    private final Consumer<StoredVersion> found;
    private final Consumer<String> problem;

    MirrorRebuild(
            ObjectStore store,
            MirrorKeys keys,
            MetadataLimit limit,
            Consumer<StoredVersion> found,
            Consumer<String> problem) {
        this.store = store;
        this.keys = keys;
        this.limit = limit;
        this.found = found;
        this.problem = problem;
    }

    CompletionStage<Void> run() {
        return ListWalk.pages(
                store,
                keys.base(),
                page -> InFlight.forEach(
                                page.objects().stream()
                                        .map(ListedObject::key)
                                        .filter(key -> !keys.isReserved(key) || key.startsWith(keys.trash()))
                                        .iterator(),
                                MirrorFlush.IN_FLIGHT,
                                this::read)
                        .thenApply(done -> true));
    }

    private CompletionStage<Void> read(String key) {
        CompletionStage<List<StoredVersion>> versions = store.head(key)
                .thenCompose(head -> head.isPresent()
                        ? versions(head.get())
                        : CompletableFuture.completedFuture(List.<StoredVersion>of()));
        return Failures.recover(versions, failure -> {
                    if (failure instanceof IllegalArgumentException) {
                        report("object \"" + key + "\" is left out: " + failure.getMessage());
                        return CompletableFuture.completedFuture(List.<StoredVersion>of());
                    }
                    return CompletableFuture.failedFuture(failure);
                })
                .thenAccept(this::report);
    }

    private synchronized void report(List<StoredVersion> versions) {
        versions.forEach(found);
    }

    private synchronized void report(String sentence) {
        problem.accept(sentence);
    }

    private CompletionStage<List<StoredVersion>> versions(ObjectInfo info) {
        if (!info.metadata().containsKey(ObjectMetadata.TYPE)) {
            throw new IllegalArgumentException("it has no metadata of Keepwatch ("
                    + ObjectMetadata.TYPE
                    + "), so something else wrote it or the store lost the metadata");
        }
        return limit.complete(info.metadata())
                .thenApply(values -> info.key().startsWith(keys.trash()) ? deleted(values) : current(info, values));
    }

    private List<StoredVersion> current(ObjectInfo info, Map<String, String> values) {
        FileVersion version = keys.isOpaque(info.key())
                ? named(values)
                : keys.place(info.key())
                        .map(place -> ObjectMetadata.read(place.root(), place.path(), values))
                        .orElseThrow(() -> new IllegalArgumentException("Keepwatch gives no path this key"));
        if (!keys.of(version).equals(info.key())) {
            throw new IllegalArgumentException(
                    "its metadata is that of another key, so it was copied or renamed by something else");
        }
        return List.of(new StoredVersion(version, MirrorLocation.of(info).toLocation()));
    }

    /** The version that was deleted, and the deletion; only the version where another type of file took its place. */
    private List<StoredVersion> deleted(Map<String, String> values) {
        FileVersion version = named(values);
        String key = keys.of(version);
        String etag = PercentText.text(ObjectMetadata.required(values, Trash.ETAG));
        MirrorLocation location = new MirrorLocation(key, Optional.of(etag), Optional.empty());
        StoredVersion old = new StoredVersion(version, location.toLocation());
        return Optional.ofNullable(values.get(Trash.DELETED))
                .map(at -> FileVersion.deleted(version.root(), version.path(), instant(at)))
                .map(gone -> new StoredVersion(gone, MirrorLocation.deleted(key).toLocation()))
                .map(gone -> List.of(old, gone))
                .orElseGet(() -> List.of(old));
    }

    private static FileVersion named(Map<String, String> values) {
        String root = PercentText.text(ObjectMetadata.required(values, ObjectMetadata.ROOT));
        RawPath path = ObjectMetadata.path(ObjectMetadata.required(values, ObjectMetadata.NAME));
        return ObjectMetadata.read(root, path, values);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("its metadata says \"" + text + "\", which is no time", e);
        }
    }
}
