package io.keepwatch.layout;

import io.keepwatch.store.GetObject;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.ObjectStream;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reads an object of the layout's own, a few KB at most, whole. */
public final class SmallObject {
    private static final int LIMIT_BYTES = 1 << 20;

    private SmallObject() {}

    /** Empty where there is none. The bytes are read on another thread than the store's. */
    public static CompletionStage<Optional<byte[]>> read(ObjectStore store, String key) {
        return store.get(GetObject.whole(key)).thenApplyAsync(found -> found.map(SmallObject::bytes));
    }

    private static byte[] bytes(ObjectStream stream) {
        try (stream) {
            return stream.body().readNBytes(LIMIT_BYTES);
        } catch (IOException e) {
            throw new StoreException.Transient(
                    "object \"" + stream.info().key() + "\" could not be read to its end: " + e.getMessage(), e);
        }
    }
}
