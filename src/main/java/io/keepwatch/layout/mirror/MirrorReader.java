package io.keepwatch.layout.mirror;

import io.keepwatch.file.Content;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.Failures;
import io.keepwatch.layout.ObjectContent;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.store.GetObject;
import io.keepwatch.store.ObjectInfo;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.ObjectStream;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Finds the object that holds a version: under its key as long as no other version took the key, else in the trash. */
final class MirrorReader {
    private final ObjectStore store;
    private final Trash trash;

    MirrorReader(ObjectStore store, Trash trash) {
        this.store = store;
        this.trash = trash;
    }

    CompletionStage<Content> open(StoredVersion version) {
        MirrorLocation location = MirrorLocation.parse(version.location());
        GetObject key = new GetObject(location.key(), location.versionId(), Optional.empty());
        CompletionStage<Optional<Content>> current = find(key, info -> holds(info, version, location));
        // A store on a file system has an error for an answer where a directory of the path is an object by now.
        return Failures.recover(
                        current,
                        failure -> failure instanceof StoreException.Transient
                                ? findInTrash(version)
                                        .thenCompose(found -> found.isPresent()
                                                ? CompletableFuture.completedFuture(found)
                                                : CompletableFuture.failedFuture(failure))
                                : CompletableFuture.failedFuture(failure))
                .thenCompose(
                        found -> found.isPresent() ? CompletableFuture.completedFuture(found) : findInTrash(version))
                .thenApply(found -> found.orElseThrow(() -> gone(version, location)));
    }

    private CompletionStage<Optional<Content>> findInTrash(StoredVersion version) {
        CompletionStage<Optional<Content>> found = CompletableFuture.completedFuture(Optional.empty());
        for (String key : trash.keysOf(version)) {
            found = found.thenCompose(content -> content.isPresent()
                    ? CompletableFuture.completedFuture(content)
                    : find(GetObject.whole(key), info -> true));
        }
        return found;
    }

    private CompletionStage<Optional<Content>> find(GetObject request, Predicate<ObjectInfo> wanted) {
        return store.get(request).thenApply(found -> {
            Optional<ObjectStream> held = found.filter(stream -> wanted.test(stream.info()));
            if (held.isEmpty()) {
                found.ifPresent(MirrorReader::drop);
            }
            return held.map(stream -> new ObjectContent(store, request, stream));
        });
    }

    /** A chmod copies the object onto itself, which may change the ETag; the hash of the content stays. */
    private static boolean holds(ObjectInfo info, StoredVersion version, MirrorLocation location) {
        Optional<String> hash = version.version().hash().map(Sha256::hex);
        return location.versionId().isPresent()
                || location.etag().filter(info.etag()::equals).isPresent()
                || hash.filter(hex -> hex.equals(info.metadata().get(ObjectMetadata.HASH)))
                        .isPresent();
    }

    private static void drop(ObjectStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            throw new StoreException.Transient(
                    "the connection that read \"" + stream.info().key() + "\" did not close: " + e.getMessage(), e);
        }
    }

    private static StoreException gone(StoredVersion version, MirrorLocation location) {
        return new StoreException.Permanent(
                "the content of \"" + version.version().path() + "\" as of "
                        + version.version().observed() + " is no longer in the bucket: object \"" + location.key()
                        + "\" is gone or holds a newer version. The mirror layout keeps older versions only in a bucket"
                        + " with versioning, and deleted files for store.mirror.keep_deleted",
                null);
    }
}
