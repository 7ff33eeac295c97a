package io.keepwatch.layout.pack;

import io.keepwatch.file.FileVersion;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Makes one pack of what is needed of several: their contents, and the journal lines of their versions. The old packs are
 * condemned in the same commit that makes the new one known; a version that came to need something else of them meanwhile
 * undoes it all.
 */
final class PackRewrite {
    private final ObjectStore store;
    private final PackSender sender;
    private final PackIndex index;
    private final StagedPacks staged;
    private final PackSetting setting;
    private final ContentSource contents;
    private final Executor workers;
    private final Clock clock;

    PackRewrite(
            ObjectStore store,
            PackSender sender,
            PackIndex index,
            StagedPacks staged,
            PackSetting setting,
            ContentSource contents,
            Executor workers,
            Clock clock) {
        this.store = store;
        this.sender = sender;
        this.index = index;
        this.staged = staged;
        this.setting = setting;
        this.contents = contents;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * True where the old packs are condemned now; where not, the new one is taken back. It is never of level 0, so that one
     * whose end a crash left open is known to be a rewrite. Reads and writes on a worker.
     */
    CompletionStage<Boolean> run(List<PackName> old, int level) {
        return sender.ready()
                .thenCompose(done -> index.reserve(Math.max(1, level)))
                .thenComposeAsync(name -> rewrite(old, name), workers);
    }

    private CompletionStage<Boolean> rewrite(List<PackName> old, PackName name) {
        return sender.whileUnderWay(
                name,
                file -> fill(old, name, file),
                pack -> sender.send(pack)
                        .thenCompose(done -> index.replace(old, name, time()))
                        .thenCompose(done -> done
                                ? CompletableFuture.completedFuture(true)
                                : staged.withdraw(name).thenApply(withdrawn -> false)));
    }

    /** What is condemned now is deleted by the server's clock. */
    private Instant time() {
        return store.serverTime().orElseGet(clock::instant);
    }

    private FilledPack fill(List<PackName> old, PackName name, SpoolFile file) {
        try {
            return write(old, name, file);
        } catch (IOException e) {
            throw new StoreException.Transient(
                    "packs " + old.stream().map(PackName::text).toList() + " could not be made one in "
                            + setting.spool() + ": " + e.getMessage(),
                    e);
        }
    }

    private FilledPack write(List<PackName> old, PackName name, SpoolFile file) throws IOException {
        List<StoredVersion> versions =
                old.stream().flatMap(pack -> index.versions(pack).stream()).toList();
        Map<Sha256, StoredVersion> owners = new HashMap<>();
        versions.forEach(version -> version.version().hash().ifPresent(hash -> owners.putIfAbsent(hash, version)));
        MeteredOutput metered = new MeteredOutput(file.write());
        PackSummary summary;
        Map<Sha256, Integer> members = new HashMap<>();
        try (OutputStream out = setting.cipher().encrypt(metered)) {
            PackWriter writer = new PackWriter(
                    out, new PackHeader(name, setting.host(), clock.instant()), setting.options(), workers);
            for (Chunk chunk : inOrder(old, owners)) {
                byte[] bytes = contents.read(chunk);
                members.put(chunk.hash(), writer.add(member(chunk.hash(), owners, bytes)));
            }
            List<JournalLine> lines = new ArrayList<>(versions.size());
            for (StoredVersion version : versions) {
                lines.add(line(version, members));
            }
            summary = writer.finish(lines);
        }
        PackFacts facts = new PackFacts(name, metered.bytes(), metered.md5());
        return new FilledPack(file, facts, summary.chunks(), List.of(), Map.of());
    }

    /** As in a flush where their paths are known; then what other packs' versions need, as it lay. */
    private List<Chunk> inOrder(List<PackName> old, Map<Sha256, StoredVersion> owners) {
        Comparator<FileVersion> byPath = MemberOrder.of(setting.options());
        return old.stream()
                .flatMap(pack -> index.needed(pack).stream())
                .sorted(Comparator.comparing(
                        chunk -> Optional.ofNullable(owners.get(chunk.hash())),
                        (a, b) -> a.isPresent() && b.isPresent()
                                ? byPath.compare(a.get().version(), b.get().version())
                                : Boolean.compare(b.isPresent(), a.isPresent())))
                .toList();
    }

    private static PackMember member(Sha256 hash, Map<Sha256, StoredVersion> owners, byte[] bytes) {
        MemoryContent content = new MemoryContent(bytes);
        return Optional.ofNullable(owners.get(hash))
                .map(owner -> PackMember.file(owner.version(), content))
                .orElseGet(() -> PackMember.content(hash, content));
    }

    private JournalLine line(StoredVersion stored, Map<Sha256, Integer> members) {
        JournalOp op = stored.version().isDeletion() ? JournalOp.DELETE : JournalOp.PUT;
        return JournalLine.of(op, stored.version(), reference(stored, members));
    }

    private ContentReference reference(StoredVersion stored, Map<Sha256, Integer> members) {
        if (KnownContents.sizeBytes(stored.version()) == 0) {
            return new ContentReference.None();
        }
        Sha256 hash = stored.version().hash().orElseThrow();
        Integer member = members.get(hash);
        if (member != null) {
            return new ContentReference.InThisPack(member);
        }
        List<Sha256> parts = index.segments(hash);
        Map<Sha256, ChunkPlace> places = index.places(parts.isEmpty() ? List.of(hash) : parts);
        if (parts.isEmpty()) {
            return Optional.ofNullable(places.get(hash))
                    .<ContentReference>map(ContentReference.Elsewhere::new)
                    .orElseGet(ContentReference.None::new);
        }
        List<Segment> segments = new ArrayList<>(parts.size());
        for (Sha256 part : parts) {
            ChunkPlace place = places.get(part);
            if (place == null) {
                return new ContentReference.None();
            }
            segments.add(new Segment(part, place.sizeBytes()));
        }
        return new ContentReference.Segments(segments);
    }
}
