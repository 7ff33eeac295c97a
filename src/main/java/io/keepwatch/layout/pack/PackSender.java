package io.keepwatch.layout.pack;

import io.keepwatch.layout.Failures;
import io.keepwatch.store.ComposeObject;
import io.keepwatch.store.ObjectInfo;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.PutObject;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The way of a pack from the spool into the bucket: recorded as staged with all its contents, sent as one request, its ETag
 * recorded. What the pack is for, and when it counts as stored, is up to the caller. Any thread.
 */
final class PackSender {
    private final ObjectStore store;
    private final PackKeys keys;
    private final PackIndex index;
    private final StagedPacks staged;
    private final SoleWriter writer;
    private final PackSetting setting;
    private final Executor workers;
    private final Clock clock;

    PackSender(
            ObjectStore store,
            PackKeys keys,
            PackIndex index,
            StagedPacks staged,
            SoleWriter writer,
            PackSetting setting,
            Executor workers,
            Clock clock) {
        this.store = store;
        this.keys = keys;
        this.index = index;
        this.staged = staged;
        this.writer = writer;
        this.setting = setting;
        this.workers = workers;
        this.clock = clock;
    }

    /** To be waited for before the name of a pack is reserved: fails where another one writes. */
    CompletionStage<Void> ready() {
        return writer.ensure();
    }

    /**
     * Fills a pack on the calling thread and hands it on. Until the stage that {@code use} gives has ended, however it
     * ends, the pack is known to be under way; then its file is removed.
     */
    <T> CompletionStage<T> whileUnderWay(
            PackName name,
            Function<SpoolFile, FilledPack> filling,
            Function<FilledPack, ? extends CompletionStage<T>> use) {
        SpoolFile file = SpoolFile.in(setting.spool());
        staged.begin(name);
        FilledPack pack;
        try {
            pack = filling.apply(file);
        } catch (RuntimeException e) {
            end(name, file);
            throw e;
        }
        return use.apply(pack).whenCompleteAsync((done, failure) -> end(name, file), workers);
    }

    private void end(PackName name, SpoolFile file) {
        staged.end(name);
        try {
            file.close();
        } catch (IOException e) {
            throw new StoreException.Transient(
                    "a pack could not be removed from " + setting.spool() + ": " + e.getMessage(), e);
        }
    }

    /** The pack is in the bucket at the end, and staged in the catalog. */
    CompletionStage<Void> send(FilledPack pack) {
        String key = keys.pack(pack.facts().name());
        PackFacts facts = locking(pack);
        return stage(pack, facts)
                .thenCompose(done -> put(pack, new PutObject(key, facts.metadata(), writer.mayAskForConditions())))
                .handle((info, failure) -> {
                    if (failure != null) {
                        throw new CompletionException(
                                SecondWriter.explained(Failures.cause(failure), key, setting.host()));
                    }
                    return facts.answered(info);
                })
                .thenCompose(answered -> answered.equals(facts)
                        ? CompletableFuture.completedFuture(null)
                        // A store that encrypts answers with something else than the MD5; a list will show the same.
                        : stage(pack, answered));
    }

    private CompletionStage<ObjectInfo> put(FilledPack pack, PutObject target) {
        return pack.copied().isEmpty()
                ? store.put(target, pack.file())
                : store.compose(new ComposeObject(target, ComposedPack.pieces(pack, store)));
    }

    /** Not of one that is composed: some servers lock no object that came in parts, so maintenance locks it. */
    private PackFacts locking(FilledPack pack) {
        return pack.copied().isEmpty()
                ? PackLocks.locking(pack.facts(), setting, store.serverTime().orElseGet(clock::instant))
                : pack.facts();
    }

    private CompletionStage<Void> stage(FilledPack pack, PackFacts facts) {
        return index.stage(facts, pack.chunks(), pack.segments());
    }
}
