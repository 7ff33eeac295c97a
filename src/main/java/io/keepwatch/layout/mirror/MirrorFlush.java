package io.keepwatch.layout.mirror;

import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.layout.Flush;
import io.keepwatch.layout.HostMarker;
import io.keepwatch.layout.InFlight;
import io.keepwatch.layout.PendingVersion;
import io.keepwatch.layout.StoreOutcome;
import io.keepwatch.layout.StoreOutcome.Stored;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.store.ObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Stores one flush. First goes what stands in the way of something new, then everything new is stored, and last goes
 * what else is gone: until then a renamed file can be copied from its old key. Where nothing of it could be stored, the
 * store is asked whether it takes anything: a flush may begin with any number of versions that no store would take.
 */
final class MirrorFlush {
    static final int IN_FLIGHT = 64;

    private final MirrorKeys keys;
    private final VersionWriter writer;
    private final Removals removals;
    private final HostMarker marker;
    private final List<PendingVersion> versions;
    private final FlushOutcomes outcomes;

    MirrorFlush(ObjectStore store, MirrorKeys keys, VersionWriter writer, Trash trash, HostMarker marker, Flush flush) {
        this.keys = keys;
        this.writer = writer;
        this.marker = marker;
        this.versions = flush.versions();
        this.outcomes = new FlushOutcomes(versions.size());
        this.removals = new Removals(store, trash, outcomes);
    }

    CompletionStage<List<StoreOutcome>> run() {
        return pass().thenCompose(
                        done -> outcomes.isAllRefused() ? passAgain() : CompletableFuture.completedFuture(null))
                .thenApply(done -> outcomes.all());
    }

    private CompletionStage<Void> passAgain() {
        return marker.ask().thenCompose(answer -> {
            outcomes.storeAnswers();
            return pass();
        });
    }

    /** Tries what has no outcome yet. */
    private CompletionStage<Void> pass() {
        KeyConflicts conflicts = new KeyConflicts(indexes(i -> !version(i).isDeletion())
                .map(i -> keys.of(version(i)))
                .toList());
        List<Removal> first = new ArrayList<>();
        List<Removal> last = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            Removal removal = Removal.of(i, versions.get(i), keys);
            boolean blocks = removal.keys().stream().anyMatch(conflicts::blocks);
            (blocks ? first : last).add(removal);
        }
        Map<Path, Integer> positions = new HashMap<>();
        IntStream.range(0, versions.size()).forEach(i -> positions.put(Path.of(version(i)), i));
        return removals.run(first)
                .thenCompose(done -> write(indexes(i -> leader(i).isEmpty()), positions))
                .thenCompose(done -> write(indexes(i -> leader(i).isPresent()), positions))
                .thenCompose(done -> removals.run(last));
    }

    private record Path(String root, RawPath path) {
        static Path of(FileVersion version) {
            return new Path(version.root(), version.path());
        }
    }

    private FileVersion version(int index) {
        return versions.get(index).version();
    }

    private Stream<Integer> indexes(Predicate<Integer> wanted) {
        return IntStream.range(0, versions.size()).boxed().filter(wanted);
    }

    private Optional<RawPath> leader(int index) {
        return version(index).meta().flatMap(FileMeta::hardLinkLeader);
    }

    private CompletionStage<Void> write(Stream<Integer> indexes, Map<Path, Integer> positions) {
        List<Integer> wanted = indexes.filter(i -> !version(i).isDeletion()).toList();
        return InFlight.forEach(wanted.iterator(), IN_FLIGHT, i -> write(i, positions));
    }

    private CompletionStage<Void> write(int index, Map<Path, Integer> positions) {
        return outcomes.of(index).isPresent() || outcomes.isGivenUp()
                ? CompletableFuture.completedFuture(null)
                : settle(writer.write(versions.get(index), storedLeader(index, positions)), index);
    }

    private Optional<StoredVersion> storedLeader(int index, Map<Path, Integer> positions) {
        return leader(index)
                .map(path -> positions.get(new Path(version(index).root(), path)))
                .flatMap(i -> outcomes.of(i)
                        .filter(Stored.class::isInstance)
                        .map(outcome -> new StoredVersion(version(i), ((Stored) outcome).location())));
    }

    private CompletionStage<Void> settle(CompletionStage<Stored> stage, int index) {
        return stage.handle((stored, failure) -> {
            if (failure == null) {
                outcomes.stored(index, stored);
            } else {
                outcomes.failed(index, failure);
            }
            return null;
        });
    }
}
