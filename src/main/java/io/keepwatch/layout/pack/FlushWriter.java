package io.keepwatch.layout.pack;

import io.keepwatch.file.Content;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.Flush;
import io.keepwatch.layout.PendingVersion;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Fills one pack after the other with the versions of a flush. A content that is stored already, here or in an earlier
 * pack, is only named. A file that cannot be read is left out and the others go on. Blocks; one call at a time.
 */
final class FlushWriter {
    private final Flush flush;
    private final PackSetting setting;
    private final Executor cores;
    private final KnownContents known;
    private final JournalOps ops;
    private final List<Integer> order;
    private final Map<Integer, StoreException> unreadable = new HashMap<>();
    private int next;
    private @Nullable LargeFile large;

    FlushWriter(Flush flush, PackSetting setting, PackPlaces places, Executor cores) {
        this.flush = flush;
        this.setting = setting;
        this.cores = cores;
        this.known = new KnownContents(places, flush.versions());
        this.ops = new JournalOps(flush.versions());
        BitSet isNew = new BitSet(flush.versions().size());
        IntStream.range(0, flush.versions().size()).forEach(index -> isNew.set(index, known.isNew(version(index))));
        Comparator<Integer> newContentsLast = Comparator.comparing(isNew::get);
        Comparator<Integer> alikeTogether = Comparator.comparing(this::version, MemberOrder.of(setting.options()));
        this.order = IntStream.range(0, flush.versions().size())
                .boxed()
                .sorted(newContentsLast.thenComparing(alikeTogether))
                .toList();
    }

    private FileVersion version(int index) {
        return flush.versions().get(index).version();
    }

    boolean hasMore() {
        return next < order.size();
    }

    /** Why versions were left out, by their index in the flush. */
    Map<Integer, StoreException> unreadable() {
        return unreadable;
    }

    /** Writes as many of the remaining versions as the pack takes. Throws where the spool cannot be written. */
    FilledPack fill(PackName name, SpoolFile file) throws IOException {
        List<JournalLine> lines = new ArrayList<>();
        List<FilledPack.FilledVersion> versions = new ArrayList<>();
        Map<Sha256, List<Sha256>> segments = new HashMap<>();
        MeteredOutput metered = new MeteredOutput(file.write());
        PackSummary summary;
        try (OutputStream out = setting.cipher().encrypt(metered)) {
            PackHeader header = new PackHeader(name, setting.host(), flush.at());
            OpenPack pack =
                    new OpenPack(new PackWriter(out, header, setting.options(), cores), metered, setting.options());
            boolean room = true;
            while (room && hasMore() && !pack.isFull()) {
                int index = order.get(next);
                Optional<Placed> placed = place(index, pack);
                if (placed.isPresent()) {
                    ContentReference reference = placed.get().reference();
                    lines.add(ops.line(index, reference));
                    versions.add(
                            new FilledPack.FilledVersion(index, placed.get().newBytes()));
                    if (reference instanceof ContentReference.Segments parts) {
                        segments.put(version(index).hash().orElseThrow(), hashes(parts));
                    }
                }
                room = placed.isPresent() || unreadable.containsKey(index);
                next += room ? 1 : 0;
            }
            summary = pack.finish(lines);
        }
        known.written(summary.chunks());
        PackFacts facts = new PackFacts(name, metered.bytes(), metered.md5());
        return new FilledPack(file, facts, summary.chunks(), versions, segments, List.of());
    }

    private static List<Sha256> hashes(ContentReference.Segments segments) {
        return segments.parts().stream().map(Segment::hash).toList();
    }

    private record Placed(ContentReference reference, long newBytes) {}

    /** Empty where the file cannot be read, or where it is large and goes on in the next pack. */
    private Optional<Placed> place(int index, OpenPack pack) throws IOException {
        PendingVersion pending = flush.versions().get(index);
        FileVersion version = pending.version();
        Optional<ContentReference> stored =
                known.reference(version).or(() -> pack.find(version.hash().orElseThrow()));
        if (stored.isPresent()) {
            return Optional.of(new Placed(stored.get(), 0));
        }
        Content content = pending.content().orElseThrow();
        if (content.lengthBytes() > PackMember.MAX_BYTES) {
            return placeSegments(index, content, pack);
        }
        Optional<byte[]> bytes = read(index, () -> {
            try (InputStream in = content.open(0)) {
                return in.readAllBytes();
            }
        });
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Placed(pack.addFile(version, bytes.get()), bytes.get().length));
    }

    private Optional<Placed> placeSegments(int index, Content content, OpenPack pack) throws IOException {
        while (!pack.isFull()) {
            LargeFile file = largeFile(content);
            if (file.isAtEnd()) {
                endLargeFile();
                return Optional.of(new Placed(new ContentReference.Segments(file.parts()), file.newBytes()));
            }
            Optional<Segment> told = file.known();
            if (told.isPresent() && !isNew(told.get().hash(), pack)) {
                file.pass(told.get());
                continue;
            }
            Optional<byte[]> bytes = read(index, file::next);
            if (bytes.isEmpty()) {
                endLargeFile();
                return Optional.empty();
            }
            Sha256 hash = told.map(Segment::hash).orElseGet(() -> Sha256.hash(bytes.get()));
            boolean isNew = isNew(hash, pack);
            if (isNew) {
                pack.addSegment(hash, bytes.get());
            }
            file.add(new Segment(hash, bytes.get().length), isNew);
        }
        return Optional.empty();
    }

    private boolean isNew(Sha256 segment, OpenPack pack) {
        return !known.hasSegment(segment) && pack.find(segment).isEmpty();
    }

    private LargeFile largeFile(Content content) {
        LargeFile open = large;
        if (open == null) {
            open = new LargeFile(content);
            large = open;
        }
        return open;
    }

    /** Lets go of a file that was not read to its end. */
    void endLargeFile() throws IOException {
        LargeFile open = large;
        large = null;
        if (open != null) {
            open.close();
        }
    }

    private interface Source {
        byte[] read() throws IOException;
    }

    private Optional<byte[]> read(int index, Source source) {
        try {
            return Optional.of(source.read());
        } catch (IOException e) {
            unreadable.put(
                    index, new StoreException.Unreadable(version(index).path().toString(), e));
            return Optional.empty();
        }
    }
}
