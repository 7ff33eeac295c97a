package io.keepwatch.layout.pack;

import io.keepwatch.file.Content;
import io.keepwatch.layout.Flush;
import io.keepwatch.layout.FlushLimit;
import io.keepwatch.layout.HostMarker;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StoreOutcome;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.VerifyReport;
import io.keepwatch.layout.VerifyRequest;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A request for each flush, whatever it holds: the contents that are new and a journal of all that changed make one pack,
 * a {@code .tar.zst} that stock tools open. A content that is stored already, under whatever name, is not stored again. Every
 * flush stays restorable until its time is over. For any thread; blocking work is done on the workers.
 */
public final class PackLayout implements StorageLayout {
    public static final String NAME = "pack";

    /** As many as make a pack of 64 MiB in most trees, and as few as the heap holds. */
    private static final FlushLimit LIMIT = new FlushLimit(20_000, 192L << 20);

    private final ObjectStore store;
    private final PackSetting setting;
    private final PackKeys keys;
    private final PackPlaces places;
    private final Optional<PackIndex> index;
    private final HostMarker marker;
    private final Optional<SoleWriter> writer;
    private final Optional<StagedPacks> staged;
    private final OpenedPacks opened;
    private final PackReader reader;
    private final FlushesUnderWay flushes;
    private final LocalContents local;
    private final boolean established;
    private final Executor workers;
    private final Clock clock;

    private PackLayout(
            ObjectStore store,
            PackSetting setting,
            PackPlaces places,
            Optional<PackIndex> index,
            LocalContents local,
            Executor workers,
            Clock clock,
            boolean established) {
        this.store = store;
        this.setting = setting;
        this.keys = PackKeys.of(setting);
        this.places = places;
        this.index = index;
        this.marker = new HostMarker(
                store, keys.marker(), NAME, setting.host(), setting.cipher().name());
        this.writer = index.map(known -> new SoleWriter(store, keys, known, marker, setting, workers));
        this.staged = index.map(known -> new StagedPacks(store, keys, known, writer(), clock));
        this.opened = openedPacks();
        this.reader = new PackReader(places, setting.cipher().isEncrypting() ? opened : new PackRanges(store, keys));
        this.flushes = new FlushesUnderWay(clock);
        this.local = local;
        this.established = established;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Makes no request. {@code established}: the catalog holds stored versions, so that the bucket must say whose it is.
     *
     * @param workers runs what blocks, and compresses
     */
    public static PackLayout writing(
            ObjectStore store,
            PackSetting setting,
            PackIndex index,
            Executor workers,
            Clock clock,
            boolean established) {
        return writing(store, setting, index, LocalContents.NONE, workers, clock, established);
    }

    /** The same where contents may still be on this machine, which saves reading them back. */
    public static PackLayout writing(
            ObjectStore store,
            PackSetting setting,
            PackIndex index,
            LocalContents local,
            Executor workers,
            Clock clock,
            boolean established) {
        return new PackLayout(store, setting, index, Optional.of(index), local, workers, clock, established);
    }

    /** Beside a daemon or without one: opens and verifies; whatever would store something is an IllegalStateException. */
    public static PackLayout reading(
            ObjectStore store, PackSetting setting, PackPlaces places, Executor workers, Clock clock) {
        return new PackLayout(store, setting, places, Optional.empty(), LocalContents.NONE, workers, clock, true);
    }

    /** Makes the spool folder where it is missing, and removes what a crash left in it: once, before anything is stored. */
    public static void clearSpool(PackSetting setting) throws IOException {
        SpoolFile.prepare(setting.spool());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public FlushLimit flushLimit() {
        return LIMIT;
    }

    @Override
    public CompletionStage<List<StoreOutcome>> store(Flush flush) {
        if (flush.versions().isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        boolean storedBefore = established
                || flush.versions().stream()
                        .anyMatch(pending -> pending.previous().isPresent());
        FlushesUnderWay.Token begun = flushes.begin();
        return marker.ensure(storedBefore)
                .thenComposeAsync(done -> staged().resolve(), workers)
                .thenCompose(done -> new PackFlush(sender(), index(), setting, workers, clock, flush).run())
                .whenComplete((done, failure) -> flushes.end(begun));
    }

    @Override
    public CompletionStage<Boolean> askStore() {
        return marker.ask();
    }

    @Override
    public CompletionStage<Content> open(StoredVersion version) {
        return CompletableFuture.supplyAsync(
                () -> {
                    if (!setting.cipher().opens()) {
                        throw new StoreException.Permanent(
                                "the content of \"" + version.version().path() + "\" cannot be read: "
                                        + PackCipher.NO_IDENTITY,
                                new NoIdentityException(PackCipher.NO_IDENTITY));
                    }
                    return reader.open(version);
                },
                workers);
    }

    @Override
    public CompletionStage<Void> list(Consumer<StoredVersion> found, Consumer<String> problem) {
        return HostListing.read(store, keys).thenCompose(listing -> list(listing, found, problem));
    }

    /** The same by a list that was read before: of the packs that the catalog does not know. */
    public CompletionStage<Void> list(HostListing listing, Consumer<StoredVersion> found, Consumer<String> problem) {
        return marker.accept()
                .thenCompose(done -> new PackRebuild(
                                store, keys, index(), listing, setting.cipher(), opened, workers, clock, found, problem)
                        .run());
    }

    @Override
    public CompletionStage<Long> missing(VerifyRequest request) {
        return CompletableFuture.supplyAsync(() -> new ContentCheck(places, request, Set.of()).run(), workers);
    }

    @Override
    public CompletionStage<VerifyReport> verify(VerifyRequest request) {
        return new PackVerify(store, keys, places, request, workers).run();
    }

    @Override
    public CompletionStage<Void> delete(List<StoredVersion> versions) {
        return maintain(maintenance -> maintenance.remove(versions, clock.instant()));
    }

    @Override
    public CompletionStage<Long> maintain(Instant now) {
        return CompletableFuture.supplyAsync(() -> staged().resolve(), workers)
                .thenCompose(done -> done)
                .thenCompose(done -> maintain(maintenance -> maintenance.run(now)))
                .thenCompose(removed -> writeInstructions().thenApply(done -> removed));
    }

    /**
     * Puts {@code RESTORE.md} and {@code restore.sh} beside the packs, so that the bucket opens without Keepwatch. Makes no
     * request where this version of them was written before.
     */
    public CompletionStage<Void> writeInstructions() {
        return new RestoreInstructions(store, keys, index(), workers).write();
    }

    /** What was opened for it is closed at the end, since a daemon reads nothing else. */
    private <T> CompletionStage<T> maintain(Function<PackMaintenance, CompletionStage<T>> work) {
        OpenedPacks packs = openedPacks();
        ContentSource contents =
                new ContentSource(local, setting.cipher().isEncrypting() ? packs : new PackRanges(store, keys));
        PackRewrite rewrite =
                new PackRewrite(store, sender(), index(), staged(), setting, contents, keys, workers, clock);
        return work.apply(new PackMaintenance(store, keys, index(), writer(), rewrite, flushes, setting, workers))
                .whenCompleteAsync((done, failure) -> close(packs), workers);
    }

    private static void close(OpenedPacks packs) {
        try {
            packs.close();
        } catch (IOException e) {
            throw new StoreException.Transient("a file could not be closed after it was read: " + e.getMessage(), e);
        }
    }

    private OpenedPacks openedPacks() {
        return new OpenedPacks(store, keys, setting.cipher(), setting.spool());
    }

    private PackSender sender() {
        return new PackSender(store, keys, index(), staged(), writer(), setting, workers, clock);
    }

    private SoleWriter writer() {
        return writer.orElseThrow(() -> new IllegalStateException("this layout was opened for reading"));
    }

    private PackIndex index() {
        return index.orElseThrow(() -> new IllegalStateException("this layout was opened for reading"));
    }

    private StagedPacks staged() {
        return staged.orElseThrow(() -> new IllegalStateException("this layout was opened for reading"));
    }
}
