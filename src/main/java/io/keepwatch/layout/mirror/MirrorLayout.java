package io.keepwatch.layout.mirror;

import io.keepwatch.file.Content;
import io.keepwatch.layout.Flush;
import io.keepwatch.layout.HostMarker;
import io.keepwatch.layout.InFlight;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StoreOutcome;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.VerifyReport;
import io.keepwatch.layout.VerifyRequest;
import io.keepwatch.store.ObjectStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One object a file, under a readable key {@code <prefix>/<host>/<root>/<path>}, with metadata by which both rclone and a
 * new catalog restore it. A changed file costs one request, an unchanged one none. Older versions of a file are kept by
 * the bucket's own versioning, if it is on; deleted files stay in {@code ~trash/} for a while. For any thread.
 */
public final class MirrorLayout implements StorageLayout {
    static final String NAME = "mirror";

    private final ObjectStore store;
    private final boolean established;
    private final MirrorKeys keys;
    private final MetadataLimit limit;
    private final HostMarker marker;
    private final Trash trash;

    public MirrorLayout(ObjectStore store, String prefix, String host, MirrorOptions options, Clock clock) {
        this(store, prefix, host, options, clock, false);
    }

    /**
     * {@code established}: the catalog holds stored versions, so that the bucket must say whose it is; where it does not,
     * it was emptied or is another one, and nothing is stored.
     */
    public MirrorLayout(
            ObjectStore store, String prefix, String host, MirrorOptions options, Clock clock, boolean established) {
        this.store = store;
        this.established = established;
        this.keys = new MirrorKeys(prefix, host);
        this.limit = new MetadataLimit(store, keys);
        this.marker = new HostMarker(store, keys.marker(), NAME, host);
        this.trash = new Trash(store, keys, limit, options.keepDeleted(), clock);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<List<StoreOutcome>> store(Flush flush) {
        if (flush.versions().isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        boolean storedBefore = established
                || flush.versions().stream()
                        .anyMatch(pending -> pending.previous().isPresent());
        VersionWriter writer = new VersionWriter(store, keys, limit);
        return marker.ensure(storedBefore)
                .thenCompose(done -> new MirrorFlush(store, keys, writer, trash, marker, flush).run());
    }

    @Override
    public CompletionStage<Boolean> askStore() {
        return marker.ask();
    }

    @Override
    public CompletionStage<Content> open(StoredVersion version) {
        return new MirrorReader(store, trash).open(version);
    }

    @Override
    public CompletionStage<Void> list(Consumer<StoredVersion> found, Consumer<String> problem) {
        return marker.accept().thenCompose(done -> new MirrorRebuild(store, keys, limit, found, problem).run());
    }

    @Override
    public CompletionStage<VerifyReport> verify(VerifyRequest request) {
        return new MirrorVerify(store, keys, request).run();
    }

    @Override
    public CompletionStage<Void> delete(List<StoredVersion> versions) {
        Queue<String> own = new ConcurrentLinkedQueue<>();
        return InFlight.forEach(
                        versions.stream()
                                .filter(version -> !version.version().isDeletion())
                                .flatMap(this::places)
                                .iterator(),
                        MirrorFlush.IN_FLIGHT,
                        place -> store.head(place.key())
                                .thenAccept(
                                        head -> head.map(info -> info.metadata().get(ObjectMetadata.OBSERVED))
                                                .filter(place.observed()::equals)
                                                .ifPresent(same -> own.add(place.key()))))
                .thenCompose(done ->
                        own.isEmpty() ? CompletableFuture.<Void>completedFuture(null) : store.delete(List.copyOf(own)));
    }

    @Override
    public CompletionStage<Long> maintain(Instant now) {
        return trash.expire(now);
    }

    /** Where the content of a version may be; a newer version may have taken the key, with the same bytes even. */
    private record Place(String key, String observed) {}

    private Stream<Place> places(StoredVersion version) {
        String observed = version.version().observed().toString();
        String key = MirrorLocation.parse(version.location()).key();
        return Stream.concat(Stream.of(key), trash.keysOf(version).stream()).map(place -> new Place(place, observed));
    }
}
