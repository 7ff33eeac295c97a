package io.keepwatch.layout.pack;

import io.keepwatch.layout.Failures;
import io.keepwatch.layout.Flush;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.StoreOutcome;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.PutObject;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/**
 * Sends the packs of one flush, one after the other, each as one request: recorded as staged, sent, recorded as stored. The
 * first pack that is refused ends the flush; what was sent before it stays.
 */
final class PackFlush {
    private final ObjectStore store;
    private final PackKeys keys;
    private final PackIndex index;
    private final StagedPacks staged;
    private final PackSetting setting;
    private final Executor workers;
    private final Clock clock;
    private final Flush flush;
    private final Map<Integer, StoreOutcome> outcomes = new ConcurrentHashMap<>();

    PackFlush(
            ObjectStore store,
            PackKeys keys,
            PackIndex index,
            StagedPacks staged,
            PackSetting setting,
            Executor workers,
            Clock clock,
            Flush flush) {
        this.store = store;
        this.keys = keys;
        this.index = index;
        this.staged = staged;
        this.setting = setting;
        this.workers = workers;
        this.clock = clock;
        this.flush = flush;
    }

    CompletionStage<List<StoreOutcome>> run() {
        return CompletableFuture.supplyAsync(() -> new FlushWriter(flush, setting, index, workers), workers)
                .thenCompose(writer -> Failures.recover(sendNext(writer), this::endWith)
                        .whenCompleteAsync((done, failure) -> end(writer), workers)
                        .thenApply(done -> outcomes(writer)));
    }

    /** Where nothing was stored, the refusal is the flush's own. */
    private CompletionStage<Void> endWith(Throwable cause) {
        if (outcomes.isEmpty() || !(cause instanceof StoreException refusal)) {
            return CompletableFuture.failedFuture(cause);
        }
        IntStream.range(0, flush.versions().size())
                .forEach(version -> outcomes.putIfAbsent(version, new StoreOutcome.NotStored(refusal)));
        return CompletableFuture.completedFuture(null);
    }

    private static void end(FlushWriter writer) {
        try {
            writer.endLargeFile();
        } catch (IOException e) {
            throw new StoreException.Transient("a file could not be closed after it was read: " + e.getMessage(), e);
        }
    }

    private List<StoreOutcome> outcomes(FlushWriter writer) {
        writer.unreadable().forEach((version, cause) -> outcomes.put(version, new StoreOutcome.NotStored(cause)));
        return IntStream.range(0, flush.versions().size())
                .mapToObj(version -> Optional.ofNullable(outcomes.get(version)).orElseThrow())
                .toList();
    }

    private CompletionStage<Void> sendNext(FlushWriter writer) {
        return index.reserve(0)
                .thenComposeAsync(name -> send(writer, name), workers)
                .thenCompose(done -> writer.hasMore() ? sendNext(writer) : CompletableFuture.completedFuture(null));
    }

    private CompletionStage<Void> send(FlushWriter writer, PackName name) {
        SpoolFile file = SpoolFile.in(setting.spool());
        staged.begin(name);
        FilledPack pack;
        try {
            pack = writer.fill(name, file);
        } catch (IOException e) {
            discard(name, file);
            throw new StoreException.Transient(
                    "a pack could not be written to " + setting.spool() + " (" + e.getMessage()
                            + "): make room there; it is tried again",
                    e);
        } catch (RuntimeException e) {
            discard(name, file);
            throw e;
        }
        CompletionStage<Void> sent = pack.isEmpty() ? index.forget(List.of(name)) : send(pack);
        return sent.whenCompleteAsync((done, failure) -> discard(name, file), workers);
    }

    private CompletionStage<Void> send(FilledPack pack) {
        PackName name = pack.facts().name();
        PutObject request = new PutObject(keys.pack(name), Map.of(), true);
        return index.stage(pack.facts(), pack.chunks(), pack.segments())
                .thenCompose(done -> store.put(request, pack.file()))
                .handle((info, failure) -> {
                    if (failure != null) {
                        throw new CompletionException(
                                SecondWriter.explained(Failures.cause(failure), keys.pack(name), setting.host()));
                    }
                    return info;
                })
                .thenCompose(info -> recordAnswer(pack, pack.facts().answered(info)))
                .thenCompose(done -> index.stored(name, clock.instant()))
                .thenRun(() -> pack.versions()
                        .forEach(version -> outcomes.put(
                                version.index(),
                                new StoreOutcome.Stored(new Location(name.text()), version.newBytes()))));
    }

    /** A store that encrypts answers with something else than the MD5; a list will show the same. */
    private CompletionStage<Void> recordAnswer(FilledPack pack, PackFacts answered) {
        return answered.equals(pack.facts())
                ? CompletableFuture.completedFuture(null)
                : index.stage(answered, pack.chunks(), pack.segments());
    }

    private void discard(PackName name, SpoolFile file) {
        staged.end(name);
        try {
            file.close();
        } catch (IOException e) {
            throw new StoreException.Transient(
                    "a pack could not be removed from " + setting.spool() + ": " + e.getMessage(), e);
        }
    }
}
