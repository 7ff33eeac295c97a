package io.keepwatch.layout;

import io.keepwatch.file.Content;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * How versions of files become objects, and back. One layout may use one object a file, another one object a flush; the
 * caller does not know. All calls return at once; stages fail with {@link io.keepwatch.store.StoreException}.
 */
public interface StorageLayout {
    /** The name in the configuration, for example {@code mirror}. */
    String name();

    default FlushLimit flushLimit() {
        return FlushLimit.SINGLE_OBJECTS;
    }

    /**
     * Stores every version of a flush. The result has one outcome for each version, in the same order; the stage itself
     * fails only when the store refuses everything (no bucket, no right, no answer), and then nothing of the flush may be
     * taken as stored. Storing the same flush again has the same result, so a crash in between costs only requests. A
     * path comes at most once in a flush. A version that is {@link StoreOutcome.NotStored} may be
     * tried again as it is.
     */
    CompletionStage<List<StoreOutcome>> store(Flush flush);

    /**
     * Asks with one or two small requests, which change nothing, whether the store takes objects. The stage fails where it
     * does not. False where only storing can tell, because this process has stored nothing yet.
     */
    CompletionStage<Boolean> askStore();

    /**
     * Opens the content of a stored version of a regular file. The caller checks the hash. Fails with {@link
     * io.keepwatch.store.StoreException.Permanent} where the content is no longer in the bucket. The answer may hold a
     * connection until its first stream is closed, so the caller opens and closes it at least once, and soon.
     */
    CompletionStage<Content> open(StoredVersion version);

    /**
     * Lists everything the bucket knows of this host, from the bucket alone, for a rebuild of the catalog: the newest
     * version of every path, and older versions and deletions as far as the bucket still has them. {@code found} is called
     * for one version after the other, in any order, never at the same time, on threads of the store; {@code problem} is
     * called with a sentence for each object that cannot be read as ours.
     */
    CompletionStage<Void> list(Consumer<StoredVersion> found, Consumer<String> problem);

    /**
     * Compares the bucket with what the catalog believes, from lists, without reading contents; a difference may be asked
     * for again, since a backup may be running. Objects that the catalog does not know are counted and left alone.
     */
    CompletionStage<VerifyReport> verify(VerifyRequest request);

    /**
     * How many versions have a content that is nowhere, as far as the catalog alone tells; each is a problem. Makes no
     * request: for a catalog that was just made from a list.
     */
    default CompletionStage<Long> missing(VerifyRequest request) {
        return CompletableFuture.completedFuture(0L);
    }

    /**
     * Removes the content of these versions for good; other versions keep theirs. The catalog has forgotten them before
     * this is called.
     */
    CompletionStage<Void> delete(List<StoredVersion> versions);

    /**
     * Removes what has outlived its time, and says how many objects. Called once a day or so; makes no request where
     * nothing can have expired.
     */
    default CompletionStage<Long> maintain(Instant now) {
        return CompletableFuture.completedFuture(0L);
    }
}
