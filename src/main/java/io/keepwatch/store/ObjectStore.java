package io.keepwatch.store;

import io.keepwatch.file.Content;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Named objects in one bucket. Every call returns at once and may be made from any thread; the stage ends on a thread of
 * the store, so callers continue elsewhere if they block. A stage fails with {@link StoreException} and with nothing
 * else: {@link StoreException.Transient} when a later try may succeed, {@link StoreException.Permanent} when a person
 * must act. Implementations try a request a few times on their own and never queue without bound. Keys are UTF-8 text of
 * 1 to 1,024 bytes; metadata keys are lower case, metadata values printable ASCII, all of it at most 2 KB.
 */
public interface ObjectStore extends AutoCloseable {
    /** Stores an object whole or not at all; an object is seen under its key only when all its bytes are durable. */
    CompletionStage<ObjectInfo> put(PutObject request, Content content);

    /** Copies within the bucket with new metadata; the bytes do not travel. Fails like a read of a missing object. */
    CompletionStage<ObjectInfo> copy(CopyObject request);

    /**
     * Makes an object out of ranges of others and of contents, whole or not at all; the ranges' bytes do not travel. Fails
     * with {@link StoreException.SourceChanged} where a source is gone or has changed, with {@link
     * StoreException.AlreadyExists} where the target must be free and is not, and with {@link StoreException.Unsupported}
     * where the server cannot: then a caller reads the ranges and puts the whole. A server that does not know a condition
     * on the end of an upload in parts replaces what is there, and one that does not know a condition on the source of a
     * part copies what is there (Ceph 16 knows neither). Costs 2 POST, and a COPY or PUT a part.
     */
    CompletionStage<ObjectInfo> compose(ComposeObject request);

    /** Empty when there is no such object. The caller closes the stream. */
    CompletionStage<Optional<ObjectStream>> get(GetObject request);

    /** Size, ETag and metadata without the bytes; empty when there is no such object. */
    CompletionStage<Optional<ObjectInfo>> head(String key);

    /** One page (up to 1,000) of the objects under a prefix, in key order. */
    CompletionStage<ObjectPage> list(String prefix, Optional<String> continuation);

    /** Removes objects; one that is missing is not an error. Costs one request per 1,000 keys. */
    CompletionStage<Void> delete(List<String> keys);

    /**
     * Keeps the newest version of an object from being removed before that time, if the store's settings have Object Lock.
     * The time can only be put off. Costs one request. Fails with {@link StoreException.SourceChanged} where the object is
     * gone, and as permanent where the settings, the bucket or the server have no Object Lock.
     */
    CompletionStage<Void> extendLock(String key, Instant until);

    /**
     * The time by the server's clock, as its answers tell it, up to a few seconds late; no request is made. Empty before
     * the first answer. What must not happen too early goes by this clock, since the local one may be wrong.
     */
    Optional<Instant> serverTime();

    /** Ends at once; open requests fail as transient. */
    @Override
    void close();
}
