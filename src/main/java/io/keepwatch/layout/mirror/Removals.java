package io.keepwatch.layout.mirror;

import io.keepwatch.layout.Failures;
import io.keepwatch.layout.InFlight;
import io.keepwatch.layout.StoreOutcome.NotStored;
import io.keepwatch.layout.StoreOutcome.Stored;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.StoreException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Removes the objects of deleted and replaced paths, after a copy into the trash where one is kept. */
final class Removals {
    private final ObjectStore store;
    private final Trash trash;
    private final FlushOutcomes outcomes;

    Removals(ObjectStore store, Trash trash, FlushOutcomes outcomes) {
        this.store = store;
        this.trash = trash;
        this.outcomes = outcomes;
    }

    /** Never fails for a store's refusal: it is the outcome of the versions it concerns. */
    CompletionStage<Void> run(List<Removal> removals) {
        Queue<Removal> ready = new ConcurrentLinkedQueue<>();
        return InFlight.forEach(removals.iterator(), MirrorFlush.IN_FLIGHT, removal -> prepare(removal, ready))
                .thenCompose(done -> delete(List.copyOf(ready)));
    }

    private CompletionStage<Void> prepare(Removal removal, Queue<Removal> ready) {
        int index = removal.index();
        if (removal.isEmpty()) {
            if (removal.version().isDeletion()) {
                outcomes.nothingToDo(index, deleted(removal));
            }
            return CompletableFuture.completedFuture(null);
        }
        // Where the new version is not stored, what the old key holds is all there is.
        if (outcomes.isGivenUp()
                || outcomes.of(index).filter(NotStored.class::isInstance).isPresent()) {
            return CompletableFuture.completedFuture(null);
        }
        Optional<StoredVersion> kept = removal.gone().filter(trash::keeps);
        if (kept.isEmpty()) {
            ready.add(removal);
            return CompletableFuture.completedFuture(null);
        }
        return keep(removal, kept.get(), ready);
    }

    private CompletionStage<Void> keep(Removal removal, StoredVersion gone, Queue<Removal> ready) {
        Optional<Instant> deleted =
                removal.version().isDeletion() ? Optional.of(removal.version().observed()) : Optional.empty();
        CompletionStage<Boolean> kept = Failures.recover(
                trash.add(gone, deleted).thenApply(copied -> true),
                // Where the object is no longer this version, it was removed before a crash, or replaced by one that
                // was
                // never acknowledged.
                failure -> failure instanceof StoreException.SourceChanged
                        ? CompletableFuture.completedFuture(true)
                        : isImpossible(removal, failure).thenApply(impossible -> false));
        return settle(removal, kept.thenAccept(wanted -> {
            if (wanted) {
                ready.add(removal);
            } else {
                removed(removal);
            }
        }));
    }

    private CompletionStage<Void> delete(List<Removal> ready) {
        if (ready.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletionStage<Void> batch = store.delete(keys(ready.stream())).thenRun(() -> ready.forEach(this::removed));
        return Failures.recover(batch, failure -> {
            // One key that the store cannot even look for fails them all.
            if (failure instanceof StoreException.Transient) {
                return InFlight.forEach(ready.iterator(), MirrorFlush.IN_FLIGHT, this::deleteAlone);
            }
            ready.forEach(removal -> outcomes.failed(removal.index(), failure));
            return CompletableFuture.completedFuture(null);
        });
    }

    private CompletionStage<Void> deleteAlone(Removal removal) {
        if (outcomes.isGivenUp()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletionStage<Void> deletion =
                Failures.recover(store.delete(keys(Stream.of(removal))), failure -> isImpossible(removal, failure));
        return settle(removal, deletion.thenRun(() -> removed(removal)));
    }

    /** What lies in a directory goes before it: a store on a file system asks for that order. */
    private static List<String> keys(Stream<Removal> removals) {
        return removals.flatMap(removal -> removal.keys().stream())
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /**
     * A store on a file system answers with an error when it is asked for {@code x/y} while {@code x} is an object; then
     * {@code x/y} is gone for certain. Fails with the failure itself where that is not the reason.
     */
    private CompletionStage<Void> isImpossible(Removal removal, Throwable failure) {
        CompletableFuture<Void> unexplained = CompletableFuture.failedFuture(failure);
        if (!(failure instanceof StoreException.Transient)) {
            return unexplained;
        }
        return Failures.recover(
                        isBeneathObject(removal.keys().get(0), 0), again -> unexplained.thenApply(none -> false))
                .thenCompose(beneath -> beneath ? CompletableFuture.completedFuture(null) : unexplained);
    }

    /** Asks from the top, because the store knows no answer for what lies beneath an object. */
    private CompletionStage<Boolean> isBeneathObject(String key, int from) {
        int slash = key.indexOf('/', from);
        if (slash < 0) {
            return CompletableFuture.completedFuture(false);
        }
        return store.head(key.substring(0, slash))
                .thenCompose(head ->
                        head.isPresent() ? CompletableFuture.completedFuture(true) : isBeneathObject(key, slash + 1));
    }

    private void removed(Removal removal) {
        if (removal.version().isDeletion()) {
            outcomes.stored(removal.index(), deleted(removal));
        }
    }

    private CompletionStage<Void> settle(Removal removal, CompletionStage<Void> stage) {
        return stage.exceptionally(failure -> {
            outcomes.failed(removal.index(), failure);
            return null;
        });
    }

    private static Stored deleted(Removal removal) {
        String key = removal.keys().isEmpty() ? "" : removal.keys().get(0);
        return new Stored(MirrorLocation.deleted(key).toLocation(), 0);
    }
}
