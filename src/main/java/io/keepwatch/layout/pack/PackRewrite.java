package io.keepwatch.layout.pack;

import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.Failures;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one pack of what is needed of several: their contents, and the journal lines of their versions. The old packs are
 * condemned in the same commit that makes the new one known; a version that came to need something else of them meanwhile
 * undoes it all.
 */
final class PackRewrite {
    private static final Logger LOG = LoggerFactory.getLogger(PackRewrite.class);

    private final ObjectStore store;
    private final PackSender sender;
    private final PackIndex index;
    private final StagedPacks staged;
    private final PackSetting setting;
    private final ContentSource contents;
    private final FrameCopies copies;
    private final PackKeys keys;
    private final Executor workers;
    private final Clock clock;
    /** Off for encrypted packs, of which no part means anything, and where the store refused it. */
    private volatile boolean copying;

    PackRewrite(
            ObjectStore store,
            PackSender sender,
            PackIndex index,
            StagedPacks staged,
            PackSetting setting,
            ContentSource contents,
            PackKeys keys,
            Executor workers,
            Clock clock) {
        this.store = store;
        this.sender = sender;
        this.index = index;
        this.staged = staged;
        this.setting = setting;
        this.contents = contents;
        this.keys = keys;
        this.copies = new FrameCopies(index, contents, TailReader.ofBucket(store, keys));
        this.copying = !setting.cipher().isEncrypting();
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * True where the old packs are condemned now; where not, the new one is taken back. It is never of level 0, so that one
     * whose end a crash left open is known to be a rewrite. Reads and writes on a worker.
     */
    CompletionStage<Boolean> run(List<PackName> old, int level) {
        return run(old, Math.max(1, level), copying);
    }

    private CompletionStage<Boolean> run(List<PackName> old, int level, boolean copy) {
        return sender.ready()
                .thenCompose(done -> index.reserve(level))
                .thenComposeAsync(
                        name -> sender.whileUnderWay(
                                name,
                                file -> fill(old, name, file, copy),
                                pack -> pack.copied().isEmpty()
                                        ? sender.send(pack).thenCompose(done -> replace(old, name))
                                        : compose(old, pack)),
                        workers);
    }

    private CompletionStage<Boolean> replace(List<PackName> old, PackName name) {
        return index.replace(old, name, time())
                .thenCompose(done -> done
                        ? CompletableFuture.completedFuture(true)
                        : staged.withdraw(name).thenApply(withdrawn -> false));
    }

    /** Where the store cannot, or a source is not what it was, everything is read and sent, under another name. */
    private CompletionStage<Boolean> compose(List<PackName> old, FilledPack pack) {
        PackName name = pack.facts().name();
        return Failures.recover(sender.send(pack).thenApply(done -> Optional.<StoreException>empty()), failure -> {
                    Optional<StoreException> refusal = refusedCopy(failure);
                    return refusal.isPresent()
                            ? index.forget(List.of(name)).thenApply(done -> refusal)
                            : CompletableFuture.failedFuture(failure);
                })
                .thenCompose(refusal -> {
                    if (refusal.isEmpty()) {
                        return replace(old, name);
                    }
                    LOG.info(
                            "packs are read and sent instead of copied in the bucket: {}",
                            refusal.get().getMessage());
                    copying &= refusal.get() instanceof StoreException.SourceChanged;
                    return run(old, name.level(), false);
                });
    }

    private static Optional<StoreException> refusedCopy(Throwable failure) {
        boolean refused = failure instanceof StoreException.SourceChanged
                || (failure instanceof StoreException.Permanent
                        && !(failure.getCause() instanceof StoreException.AlreadyExists));
        return refused ? Optional.of((StoreException) failure) : Optional.empty();
    }

    /** What is condemned now is deleted by the server's clock. */
    private Instant time() {
        return store.serverTime().orElseGet(clock::instant);
    }

    private FilledPack fill(List<PackName> old, PackName name, SpoolFile file, boolean copy) {
        try {
            return write(old, name, file, copy ? copies.of(old) : List.of());
        } catch (IOException e) {
            throw new StoreException.Transient(
                    "packs " + old.stream().map(PackName::text).toList() + " could not be made one in "
                            + setting.spool() + ": " + e.getMessage(),
                    e);
        }
    }

    private FilledPack write(List<PackName> old, PackName name, SpoolFile file, List<FrameRun> runs)
            throws IOException {
        List<StoredVersion> versions =
                old.stream().flatMap(pack -> index.versions(pack).stream()).toList();
        Map<Sha256, StoredVersion> owners = new HashMap<>();
        versions.forEach(version -> version.version().hash().ifPresent(hash -> owners.putIfAbsent(hash, version)));
        MeteredOutput metered = new MeteredOutput(file.write());
        PackSummary summary;
        List<FilledPack.Copied> copied = new ArrayList<>();
        try (OutputStream out = setting.cipher().encrypt(metered)) {
            PackWriter writer = new PackWriter(
                    out, new PackHeader(name, setting.host(), clock.instant()), setting.options(), workers);
            for (FrameRun run : runs) {
                writer.addCopied(run, run.lacksHeader() ? header(run.members().get(0), owners) : new byte[0]);
                copied.add(new FilledPack.Copied(metered.bytes(), run.range(keys)));
            }
            for (Chunk chunk : inOrder(old, owners)) {
                if (writer.find(chunk.hash()).isEmpty()) {
                    writer.add(member(chunk.hash(), owners, contents.read(chunk)));
                }
            }
            List<JournalLine> lines = new ArrayList<>(versions.size());
            for (StoredVersion version : versions) {
                lines.add(line(version, writer));
            }
            summary = writer.finish(lines);
        }
        PackFacts facts = copied.isEmpty()
                ? new PackFacts(name, metered.bytes(), metered.md5())
                : PackFacts.composed(name, summary.bytes());
        return new FilledPack(file, facts, summary.chunks(), List.of(), Map.of(), copied);
    }

    private static byte[] header(MemberEntry member, Map<Sha256, StoredVersion> owners) {
        Optional<FileStat> stat = Optional.ofNullable(owners.get(member.hash()))
                .flatMap(owner -> owner.version().meta())
                .map(FileMeta::stat);
        return TarHeader.of(
                member.name(),
                member.sizeBytes(),
                stat.map(FileStat::mode).orElse(0600),
                stat.map(FileStat::uid).orElse(0),
                stat.map(FileStat::gid).orElse(0),
                stat.map(found -> found.modified().getEpochSecond()).orElse(0L));
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

    private JournalLine line(StoredVersion stored, PackWriter pack) {
        JournalOp op = stored.version().isDeletion() ? JournalOp.DELETE : JournalOp.PUT;
        return JournalLine.of(op, stored.version(), reference(stored, pack));
    }

    private ContentReference reference(StoredVersion stored, PackWriter pack) {
        if (KnownContents.sizeBytes(stored.version()) == 0) {
            return new ContentReference.None();
        }
        Sha256 hash = stored.version().hash().orElseThrow();
        Optional<Integer> member = pack.find(hash);
        if (member.isPresent()) {
            return new ContentReference.InThisPack(member.get());
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
