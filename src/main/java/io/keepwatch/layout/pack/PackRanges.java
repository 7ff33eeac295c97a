package io.keepwatch.layout.pack;

import io.keepwatch.store.GetObject;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.ObjectStream;
import io.keepwatch.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/**
 * Reads ranges of packs. A single file costs one request for just its frames; whoever goes on near there gets a window that
 * doubles with each request, so that a whole restore costs a request for some megabytes and not one for each file. Keeps
 * the newest windows in memory, 32 MiB at most. Any thread; blocks.
 */
final class PackRanges implements FrameSource {
    private static final int LARGEST_WINDOW = 8 << 20;
    private static final int KEPT = 4;
    /** From a window's end to where reading still counts as going on. */
    private static final long NEAR = 4L << 20;

    private final ObjectStore store;
    private final PackKeys keys;
    private final Map<PackName, Window> windows = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PackName, Window> eldest) {
            return size() > KEPT;
        }
    };

    PackRanges(ObjectStore store, PackKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /** The newest part of a pack that was read; its monitor is held while more of that pack is read. */
    private static final class Window {
        private long from;
        private byte[] bytes = new byte[0];
        private int size;

        private long end() {
            return from + bytes.length;
        }

        private boolean holds(long offset, long length) {
            return offset >= from && offset + length <= end();
        }

        private boolean isNear(long offset) {
            return bytes.length > 0 && offset >= from && offset <= end() + NEAR;
        }
    }

    /** The frames of a place; S3 gives what there is where a range goes beyond the end. */
    @Override
    public InputStream frames(ChunkPlace place) throws IOException {
        long length = place.frameBytes();
        if (length > LARGEST_WINDOW / 2) {
            return get(place.pack(), place.frameOffset(), length).body();
        }
        Window window;
        synchronized (windows) {
            window = windows.computeIfAbsent(place.pack(), name -> new Window());
        }
        synchronized (window) {
            if (!window.holds(place.frameOffset(), length)) {
                window.size = window.isNear(place.frameOffset()) ? Math.min(LARGEST_WINDOW, 2 * window.size) : 0;
                window.size = Math.max(window.size, (int) length);
                try (ObjectStream stream = get(place.pack(), place.frameOffset(), window.size)) {
                    window.bytes = stream.body().readNBytes(window.size);
                    window.from = place.frameOffset();
                }
                if (window.bytes.length < length) {
                    throw new PackFormatException("object \"" + keys.pack(place.pack()) + "\" ends before byte "
                            + (place.frameOffset() + length) + ", where the catalog knows a content");
                }
            }
            int from = (int) (place.frameOffset() - window.from);
            return new ByteArrayInputStream(window.bytes, from, (int) length);
        }
    }

    private ObjectStream get(PackName pack, long offset, long length) throws IOException {
        GetObject request = new GetObject(
                keys.pack(pack), Optional.empty(), Optional.of(new GetObject.ByteRange(offset, offset + length - 1)));
        return await(store.get(request), keys.pack(pack));
    }

    /** Waits for the answer of a read. */
    static ObjectStream await(CompletionStage<Optional<ObjectStream>> answer, String key) throws IOException {
        try {
            return answer.toCompletableFuture()
                    .get()
                    .orElseThrow(() -> new IOException("object \"" + key + "\" is not in the bucket"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("reading object \"" + key + "\" was interrupted");
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() instanceof StoreException refusal ? refusal.getMessage() : e.toString(), e);
        }
    }
}
