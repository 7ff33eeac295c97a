package io.keepwatch.layout.pack;

import io.keepwatch.file.Sha256;
import io.keepwatch.layout.InFlight;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.store.ListedObject;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Learns from a list of the bucket what its packs hold: the end of each pack that the catalog does not know. Of packs the
 * catalog has from a copy of itself, nothing is read.
 */
final class PackRebuild {
    private static final int AT_ONCE = 8;

    private final ObjectStore store;
    private final PackKeys keys;
    private final PackIndex index;
    private final PackCipher cipher;
    private final OpenedPacks opened;
    private final Executor workers;
    private final Clock clock;
    private final Consumer<StoredVersion> found;
    private final Consumer<String> problem;
    private final HostListing listing;
    private final List<PackName> missing = new ArrayList<>();

    PackRebuild(
            ObjectStore store,
            PackKeys keys,
            PackIndex index,
            HostListing listing,
            PackCipher cipher,
            OpenedPacks opened,
            Executor workers,
            Clock clock,
            Consumer<StoredVersion> found,
            Consumer<String> problem) {
        this.store = store;
        this.keys = keys;
        this.index = index;
        this.listing = listing;
        this.cipher = cipher;
        this.opened = opened;
        this.workers = workers;
        this.clock = clock;
        this.found = found;
        this.problem = problem;
    }

    /**
     * Packs that the catalog has condemned are read again where the bucket still has them: what was under way when the
     * catalog was copied may have come to need them. Packs that are missing are forgotten at the end, when what took their
     * place is known; whether anything is lost with them, {@link ContentCheck} tells.
     */
    CompletionStage<Void> run() {
        return CompletableFuture.supplyAsync(() -> index.condemnedBefore(Instant.MAX), workers)
                .thenCompose(condemned -> index.forget(names(condemned)))
                .thenApplyAsync(done -> unknown(), workers)
                .thenCompose(unknown -> {
                    if (!unknown.isEmpty() && !cipher.opens()) {
                        throw new StoreException.Permanent(
                                "pack \"" + unknown.get(0).key() + "\" and " + (unknown.size() - 1)
                                        + " others cannot be read: " + PackCipher.NO_IDENTITY,
                                null);
                    }
                    return InFlight.forEach(unknown.iterator(), AT_ONCE, this::adopt);
                })
                .thenComposeAsync(done -> index.forget(missing), workers)
                // Whoever goes on may write to the catalog and wait, which its own thread must not.
                .thenRunAsync(() -> {}, workers);
    }

    private static List<PackName> names(Collection<PackFacts> packs) {
        return packs.stream().map(PackFacts::name).toList();
    }

    /** Oldest first, as far as names tell. */
    private List<ListedObject> unknown() {
        Map<PackName, PackFacts> known = new HashMap<>();
        index.stored().forEach(pack -> known.put(pack.name(), pack));
        List<ListedObject> unknown = new ArrayList<>();
        for (ListedObject info : listing.packs()) {
            Optional<PackName> name = keys.pack(info.key());
            if (name.isEmpty()) {
                problem.accept("object \"" + info.key() + "\" is no pack of this host; it is left alone");
            } else if (known.remove(name.get()) == null) {
                unknown.add(info);
            }
        }
        missing.addAll(known.keySet());
        unknown.sort(Comparator.comparing(ListedObject::key));
        return unknown;
    }

    private CompletionStage<Void> adopt(ListedObject info) {
        return CompletableFuture.supplyAsync(() -> read(info), workers)
                .thenCompose(read -> read.isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : index.stage(
                                        read.get().facts(),
                                        read.get().chunks(),
                                        read.get().segments())
                                .thenCompose(
                                        done -> index.stored(read.get().facts().name(), clock.instant())));
    }

    private PackTail tail(PackName name, long objectBytes) throws IOException {
        return cipher.isEncrypting()
                ? TailReader.of(opened).read(name, opened.lengthBytes(name))
                : TailReader.ofBucket(store, keys).read(name, objectBytes);
    }

    private record Read(PackFacts facts, List<Chunk> chunks, Map<Sha256, List<Sha256>> segments) {}

    /** Blocks. A pack that cannot be read is a problem; the others go on. */
    private Optional<Read> read(ListedObject info) {
        PackName name = keys.pack(info.key()).orElseThrow();
        try {
            PackTail tail = tail(name, info.sizeBytes());
            Map<Sha256, List<Sha256>> segments = new HashMap<>();
            try (JournalReader journal = tail.journal()) {
                for (Optional<JournalLine> line = journal.next(); line.isPresent(); line = journal.next()) {
                    JournalLine change = line.get();
                    if (change.content() instanceof ContentReference.Segments parts) {
                        segments.put(
                                change.version().hash().orElseThrow(),
                                parts.parts().stream().map(Segment::hash).toList());
                    }
                    synchronized (this) {
                        found.accept(new StoredVersion(change.version(), new Location(name.text())));
                    }
                }
            }
            return Optional.of(new Read(PackFacts.of(name, info), tail.chunks(), segments));
        } catch (IOException e) {
            synchronized (this) {
                problem.accept("pack \"" + info.key() + "\" cannot be read (" + e.getMessage()
                        + "); what is in it alone is not in the catalog");
            }
            return Optional.empty();
        }
    }
}
