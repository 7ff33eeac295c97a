package io.keepwatch.layout.mirror;

import io.keepwatch.file.Content;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.store.GetObject;
import io.keepwatch.store.ObjectInfo;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.ObjectStream;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
        List<GetObject> places = new ArrayList<>();
        places.add(new GetObject(location.key(), location.versionId(), Optional.empty()));
        trash.keysOf(version).forEach(key -> places.add(GetObject.whole(key)));
        return open(version, location, places, 0);
    }

    private CompletionStage<Content> open(
            StoredVersion version, MirrorLocation location, List<GetObject> places, int next) {
        if (next == places.size()) {
            return CompletableFuture.failedFuture(gone(version, location));
        }
        GetObject request = places.get(next);
        return store.get(request).thenCompose(found -> {
            if (found.isPresent() && (next > 0 || holds(found.get().info(), version, location))) {
                return CompletableFuture.completedFuture(new ObjectContent(store, request, found.get()));
            }
            found.ifPresent(MirrorReader::drop);
            return open(version, location, places, next + 1);
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
