package io.keepwatch.store;

import io.keepwatch.file.Content;
import io.keepwatch.store.ComposeObject.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A store whose uploads share a bandwidth, and whose downloads share another. The limit is felt where a content or an
 * object is read, on the thread that reads it, and never on a connection's event loop.
 */
public final class RateLimitedStore implements ObjectStore {
    private final ObjectStore store;
    private final Bandwidth up;
    private final Bandwidth down;

    public RateLimitedStore(ObjectStore store, BandwidthTimetable uploads, BandwidthTimetable downloads, Clock clock) {
        this(
                store,
                new Bandwidth(uploads, clock, Bandwidth.Pause.REAL),
                new Bandwidth(downloads, clock, Bandwidth.Pause.REAL));
    }

    RateLimitedStore(ObjectStore store, Bandwidth up, Bandwidth down) {
        this.store = store;
        this.up = up;
        this.down = down;
    }

    @Override
    public CompletionStage<ObjectInfo> put(PutObject request, Content content) {
        return store.put(request, new LimitedContent(content, up));
    }

    @Override
    public CompletionStage<ObjectInfo> copy(CopyObject request) {
        return store.copy(request);
    }

    @Override
    public CompletionStage<ObjectInfo> compose(ComposeObject request) {
        return store.compose(new ComposeObject(
                request.target(),
                request.pieces().stream()
                        .<Piece>map(piece -> piece instanceof Piece.Bytes bytes
                                ? new Piece.Bytes(new LimitedContent(bytes.content(), up))
                                : piece)
                        .toList()));
    }

    @Override
    public CompletionStage<Optional<ObjectStream>> get(GetObject request) {
        return store.get(request)
                .thenApply(found ->
                        found.map(stream -> new ObjectStream(stream.info(), new LimitedStream(stream.body(), down))));
    }

    @Override
    public CompletionStage<Optional<ObjectInfo>> head(String key) {
        return store.head(key);
    }

    @Override
    public CompletionStage<ObjectPage> list(String prefix, Optional<String> continuation) {
        return store.list(prefix, continuation);
    }

    @Override
    public CompletionStage<Void> delete(List<String> keys) {
        return store.delete(keys);
    }

    @Override
    public CompletionStage<Void> extendLock(String key, Instant until) {
        return store.extendLock(key, until);
    }

    @Override
    public Optional<Instant> serverTime() {
        return store.serverTime();
    }

    @Override
    public void close() {
        store.close();
    }

    private record LimitedContent(Content content, Bandwidth bandwidth) implements Content {
        @Override
        public long lengthBytes() {
            return content.lengthBytes();
        }

        @Override
        public InputStream open(long offset) throws IOException {
            return new LimitedStream(content.open(offset), bandwidth);
        }
    }
}
