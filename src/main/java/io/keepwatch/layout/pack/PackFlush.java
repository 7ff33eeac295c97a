package io.keepwatch.layout.pack;

import io.keepwatch.layout.Failures;
import io.keepwatch.layout.Flush;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.StoreOutcome;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/**
 * Sends the packs of one flush, one after the other, each as one request: recorded as staged, sent, recorded as stored. The
 * first pack that is refused ends the flush; what was sent before it stays.
 */
final class PackFlush {
    private final PackSender sender;
    private final PackIndex index;
    private final PackSetting setting;
    private final Executor workers;
    private final Clock clock;
    private final Flush flush;
    private final Map<Integer, StoreOutcome> outcomes = new ConcurrentHashMap<>();

    PackFlush(PackSender sender, PackIndex index, PackSetting setting, Executor workers, Clock clock, Flush flush) {
        this.sender = sender;
        this.index = index;
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
        return sender.ready()
                .thenCompose(done -> index.reserve(0))
                .thenComposeAsync(name -> send(writer, name), workers)
                .thenCompose(done -> writer.hasMore() ? sendNext(writer) : CompletableFuture.completedFuture(null));
    }

    private CompletionStage<Void> send(FlushWriter writer, PackName name) {
        return sender.whileUnderWay(
                name,
                file -> fill(writer, name, file),
                pack -> pack.isEmpty() ? index.forget(List.of(name)) : send(pack));
    }

    private FilledPack fill(FlushWriter writer, PackName name, SpoolFile file) {
        try {
            return writer.fill(name, file);
        } catch (IOException e) {
            throw new StoreException.Transient(
                    "a pack could not be written to " + setting.spool() + " (" + e.getMessage()
                            + "): make room there; it is tried again",
                    e);
        }
    }

    private CompletionStage<Void> send(FilledPack pack) {
        PackName name = pack.facts().name();
        return sender.send(pack)
                .thenCompose(done -> index.stored(name, clock.instant()))
                .thenRun(() -> pack.versions()
                        .forEach(version -> outcomes.put(
                                version.index(),
                                new StoreOutcome.Stored(new Location(name.text()), version.newBytes()))));
    }
}
