package io.keepwatch.layout.mirror;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.Content;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.layout.Failures;
import io.keepwatch.layout.PendingVersion;
import io.keepwatch.layout.StoreOutcome.Stored;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.store.CopyObject;
import io.keepwatch.store.ObjectInfo;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.PutObject;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Stores one version with one request: a copy within the bucket where the bytes are there already, else an upload. */
final class VersionWriter {
    /** S3 copies no more in one request. */
    static final long MAX_COPY_BYTES = 5L << 30;

    private final ObjectStore store;
    private final MirrorKeys keys;
    private final MetadataLimit limit;

    VersionWriter(ObjectStore store, MirrorKeys keys, MetadataLimit limit) {
        this.store = store;
        this.keys = keys;
        this.limit = limit;
    }

    /** {@code leader}: the first name of a hard-linked file, where this flush has stored it. */
    CompletionStage<Stored> write(PendingVersion pending, Optional<StoredVersion> leader) {
        FileVersion version = pending.version();
        String key = keys.of(version);
        Map<String, String> values = keys.isOpaque(key) ? ObjectMetadata.named(version) : ObjectMetadata.of(version);
        return limit.fit(values)
                .thenCompose(metadata -> Stream.of(pending.previous(), leader, pending.sameContent())
                        .flatMap(Optional::stream)
                        .filter(source -> hasBytesOf(version, source.version()))
                        .findFirst()
                        .map(source -> copyOrPut(pending, source, key, metadata))
                        .orElseGet(() -> put(pending, key, metadata)));
    }

    private static boolean hasBytesOf(FileVersion version, FileVersion source) {
        return version.hasContent()
                && source.hasContent()
                && version.hash().isPresent()
                && version.hash().equals(source.hash())
                && version.meta().orElseThrow().stat().sizeBytes() <= MAX_COPY_BYTES;
    }

    private CompletionStage<Stored> copyOrPut(
            PendingVersion pending, StoredVersion source, String key, Map<String, String> metadata) {
        MirrorLocation from = MirrorLocation.parse(source.location());
        CopyObject copy = new CopyObject(from.key(), from.etag().orElseThrow(), key, metadata);
        // A source that was overwritten, and a store that refuses to copy, still leave the upload.
        return Failures.recover(
                store.copy(copy).thenApply(info -> stored(info, 0)),
                failure -> failure instanceof StoreException.Transient
                                || pending.content().isEmpty()
                        ? CompletableFuture.failedFuture(failure)
                        : put(pending, key, metadata));
    }

    private CompletionStage<Stored> put(PendingVersion pending, String key, Map<String, String> metadata) {
        boolean regular = pending.version().hasContent();
        Optional<Content> body = regular ? pending.content() : Optional.of(linkTarget(pending.version()));
        if (body.isEmpty()) {
            return CompletableFuture.failedFuture(new StoreException.Unreadable(
                    key, new IOException("it is not in the bucket, and no file was given to read it from")));
        }
        return store.put(new PutObject(key, metadata, false), body.get())
                .thenApply(info -> stored(info, regular ? body.get().lengthBytes() : 0));
    }

    private static Content linkTarget(FileVersion version) {
        return new MemoryContent(
                version.meta().flatMap(FileMeta::linkTarget).map(Bytes::toArray).orElse(new byte[0]));
    }

    private static Stored stored(ObjectInfo info, long uploadedBytes) {
        return new Stored(MirrorLocation.of(info).toLocation(), uploadedBytes);
    }
}
