package io.keepwatch.layout.pack;

import io.keepwatch.layout.InFlight;
import io.keepwatch.store.ObjectStore;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out what became of packs whose answer was lost, by a crash or a broken connection, before anything else is stored:
 * their contents need not travel again. One HEAD for each of them; none in normal operation.
 */
final class StagedPacks {
    private static final int AT_ONCE = 8;

    private final ObjectStore store;
    private final PackKeys keys;
    private final PackIndex index;
    private final SoleWriter writer;
    private final Clock clock;
    private final Set<PackName> underWay = ConcurrentHashMap.newKeySet();

    StagedPacks(ObjectStore store, PackKeys keys, PackIndex index, SoleWriter writer, Clock clock) {
        this.store = store;
        this.keys = keys;
        this.index = index;
        this.writer = writer;
        this.clock = clock;
    }

    /** This process is sending it, so that nobody has to ask. */
    void begin(PackName pack) {
        underWay.add(pack);
    }

    void end(PackName pack) {
        underWay.remove(pack);
    }

    /** Blocks for the catalog. */
    CompletionStage<Void> resolve() {
        List<PackFacts> open = index.staged().stream()
                .filter(pack -> !underWay.contains(pack.name()))
                .toList();
        return InFlight.forEach(open.iterator(), AT_ONCE, this::resolve);
    }

    private CompletionStage<Void> resolve(PackFacts pack) {
        return store.head(keys.pack(pack.name())).thenCompose(found -> {
            boolean isThere = found.filter(pack::isObject).isPresent();
            if (!isThere) {
                return index.forget(List.of(pack.name()));
            }
            return isUnfinishedRewrite(pack) ? withdraw(pack.name()) : index.stored(pack.name(), clock.instant());
        });
    }

    /** Its contents are in the packs it was made of, which are not condemned yet: kept, it would only be a second copy. */
    private boolean isUnfinishedRewrite(PackFacts pack) {
        PackName name = pack.name();
        return pack.isMarked() || (name.level() > 0 && name.epoch().equals(index.epoch()));
    }

    /** Removes a staged pack, of which nothing was ever found, from the bucket and the catalog. */
    CompletionStage<Void> withdraw(PackName name) {
        return writer.ensure()
                .thenCompose(done -> store.delete(List.of(keys.pack(name))))
                .thenCompose(done -> index.forget(List.of(name)));
    }
}
