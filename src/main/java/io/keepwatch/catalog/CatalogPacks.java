package io.keepwatch.catalog;

import io.keepwatch.file.Sha256;
import io.keepwatch.sqlite.own.GroupCommit;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What the catalog keeps of packs, for writing; the promises are those of {@link Catalog}. A pack is staged, then stored,
 * then condemned; a condemned one is stored again where it turns out to be needed, which is told by what was under way
 * when it was condemned: a version whose location it is, a content that has parts in it.
 */
public final class CatalogPacks {
    private final GroupCommit<WriteSession> writer;
    private final CatalogReader reader;

    CatalogPacks(GroupCommit<WriteSession> writer, CatalogReader reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /** Made with the catalog, for example {@code 20261125T101530Z-1f2e3d4c}. Blocks. */
    public String epoch() {
        return reader.setting(PackNumbers.EPOCH)
                .orElseThrow(() -> new IllegalStateException("the catalog was opened without an epoch"));
    }

    /** Gives the catalog a new epoch, which differs from all others; sequences go on. */
    public CompletableFuture<String> renewEpoch() {
        return writer.submit(session -> PackNumbers.renew(session, Instant.now()));
    }

    /** An epoch that differs from all others. */
    public static String newEpoch() {
        return PackNumbers.newEpoch(Instant.now());
    }

    /** Gives the catalog this epoch, which no catalog had before; sequences go on. */
    public CompletableFuture<Void> beginEpoch(String epoch) {
        return done(writer.submit(session -> {
            Bookkeeping.putSetting(session, PackNumbers.EPOCH, epoch);
            return true;
        }));
    }

    /** Completes with a number that was never given before and never will be again. */
    public CompletableFuture<PackNumber> reserve() {
        return writer.submit(PackNumbers::next);
    }

    /**
     * Records what a pack holds, and of which parts, in order, contents consist. Staging a staged pack anew takes the place
     * of what was recorded. Fails with IllegalStateException where the pack is stored already.
     */
    public CompletableFuture<Void> stage(
            PackRecord pack, List<ChunkRecord> chunks, Map<Sha256, List<Sha256>> segments) {
        List<ChunkRecord> chunkCopy = List.copyOf(chunks);
        Map<Sha256, List<Sha256>> segmentCopy = Map.copyOf(segments);
        return done(writer.submit(session -> {
            PackWrites.stage(session, pack, chunkCopy, segmentCopy);
            return true;
        }));
    }

    /** Doing it again changes nothing. Fails with IllegalStateException where the pack is unknown or condemned. */
    public CompletableFuture<Void> stored(String pack, Instant at) {
        return done(writer.submit(session -> {
            PackWrites.stored(session, pack, at);
            return true;
        }));
    }

    /** Remembers until when a pack's object is locked, in whole seconds; an earlier time, or one of no pack, is passed over. */
    public CompletableFuture<Void> locked(String pack, Instant until) {
        return done(writer.submit(session -> {
            PackWrites.locked(session.database(), pack, until);
            return true;
        }));
    }

    /** Forgets packs with their chunks, and contents of which a part is then nowhere. Those that are unknown are fine. */
    public CompletableFuture<Void> forget(Collection<String> packs) {
        return oneByOne(packs, pack -> session -> {
            PackWrites.forget(session, pack);
            return true;
        });
    }

    /** Condemns those that are stored, of which no chunk is needed, and which are no version's location. */
    public CompletableFuture<Void> condemn(Collection<String> packs, Instant at) {
        return oneByOne(packs, pack -> session -> {
            PackRemoval.condemn(session, pack, at);
            return true;
        });
    }

    /**
     * The replacement becomes stored, versions whose location is an old pack point to it, and the old packs that are stored
     * are condemned. False, and nothing done, where an old pack holds a chunk that is needed and that the replacement
     * lacks, or became a version's location after the replacement's number was reserved. So the number is reserved before
     * the old packs' versions are asked for. Fails with IllegalStateException unless the replacement is staged or stored.
     */
    public CompletableFuture<Boolean> replace(Collection<String> old, String replacement, Instant at) {
        List<String> copy = List.copyOf(old);
        return writer.submit(session -> PackRemoval.replace(session, copy, replacement, at));
    }

    @FunctionalInterface
    private interface PackWrite {
        Write<Boolean> of(String pack);
    }

    /** Each in a commit of its own: a pack of 20,000 chunks may take a second, and others want to write too. */
    private CompletableFuture<Void> oneByOne(Collection<String> packs, PackWrite write) {
        CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);
        for (String pack : List.copyOf(packs)) {
            last = last.thenCompose(done -> writer.submit(write.of(pack)));
        }
        return done(last);
    }

    private static CompletableFuture<Void> done(CompletableFuture<Boolean> write) {
        return write.thenAccept(done -> {});
    }
}
