package io.keepwatch.layout.pack;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Writes one pack in one pass, as docs/pack-format.md describes. Frames are compressed on the executor, decompressed
 * again and compared; a few of them are in memory at a time, never the pack. The thread that adds does the work itself
 * where the executor does not, so any executor will do. For one thread; blocks. After an IOException of the stream the
 * pack is lost.
 */
public final class PackWriter {
    /** A member from this size on has frames of its own. */
    static final int OWN_FRAME_BYTES = 256 << 10;

    private static final int EOF_BYTES = 1_024;

    private final PackHeader header;
    private final PackOptions options;
    private final FrameEncoder encoder;
    private final FrameQueue queue;
    private final ByteArrayOutputStream group = new ByteArrayOutputStream();
    private final List<MemberEntry> members = new ArrayList<>();
    private final Map<Sha256, Integer> numbers = new HashMap<>();
    private final Set<Bytes> names = new HashSet<>();
    /** Whose contents the group holds; contents without a path are nobody's, each by itself. */
    private Optional<Integer> groupOwner = Optional.empty();

    private long addedBytes;
    private boolean finished;

    public PackWriter(OutputStream out, PackHeader header, PackOptions options, Executor executor) {
        this(out, header, options, executor, Compression.zstd(options.level()));
    }

    PackWriter(OutputStream out, PackHeader header, PackOptions options, Executor executor, Compression compression) {
        this.header = header;
        this.options = options;
        this.encoder = new FrameEncoder(compression);
        this.queue = new FrameQueue(out, encoder, executor, options.framesInFlight());
        names.add(MemberName.journal(header.pack()));
    }

    /**
     * Adds a content and returns its number, from 0. A content that is in this pack already is not stored again, and its
     * number is returned. Where reading the content throws, the pack is as before and may go on.
     */
    public int add(PackMember member) throws IOException {
        checkOpen();
        Integer known = numbers.get(member.hash());
        if (known != null) {
            return known;
        }
        if (members.size() >= FrameLimits.MEMBERS) {
            throw new IllegalStateException("pack " + header.pack().text() + " has " + members.size()
                    + " members, as many as a pack may have; finish it and begin another one");
        }
        byte[] content = read(member);
        Bytes name = names.add(member.name()) ? member.name() : MemberName.content(member.hash());
        names.add(name);
        if (options.framesByOwner()) {
            Optional<Integer> owner = member.owner();
            if (owner.isEmpty() || !owner.equals(groupOwner)) {
                closeGroup();
            }
            groupOwner = owner;
        }
        group.writeBytes(TarHeader.of(
                name,
                content.length,
                member.mode(),
                member.uid(),
                member.gid(),
                member.modified().getEpochSecond()));
        if (content.length >= OWN_FRAME_BYTES) {
            closeGroup();
            members.add(new MemberEntry(name, member.hash(), queue.nextIndex(), 0, content.length));
            queue.addProbed(content);
        } else {
            members.add(new MemberEntry(name, member.hash(), queue.nextIndex(), group.size(), content.length));
            group.writeBytes(content);
        }
        group.writeBytes(new byte[TarHeader.padding(content.length)]);
        if (group.size() >= options.groupBytes()) {
            closeGroup();
        }
        addedBytes += content.length;
        numbers.put(member.hash(), members.size() - 1);
        return members.size() - 1;
    }

    /**
     * Adds members of another pack, whose contents and names this pack does not have. Their frames are not written: they
     * belong behind what the stream has when this returns. {@code header} is that of the first member, where the run lacks it.
     */
    void addCopied(FrameRun run, byte[] header) throws IOException {
        checkOpen();
        group.writeBytes(header);
        closeGroup();
        queue.drain();
        int first = queue.nextIndex();
        queue.addCopied(run.frames());
        for (MemberEntry member : run.members()) {
            names.add(member.name());
            numbers.put(member.hash(), members.size());
            members.add(new MemberEntry(
                    member.name(), member.hash(), first + member.frame(), member.offset(), member.sizeBytes()));
        }
        group.writeBytes(new byte[run.paddingAfter()]);
    }

    /** The number of a content that was added. */
    Optional<Integer> find(Sha256 content) {
        return Optional.ofNullable(numbers.get(content));
    }

    /** How many bytes of contents were added, before compression. */
    public long addedBytes() {
        return addedBytes;
    }

    /**
     * Writes journal and tables, and flushes the stream; closing it is left to the caller. Throws IllegalArgumentException,
     * before anything of the journal is written, where a line contradicts the member it names.
     */
    public PackSummary finish(List<JournalLine> lines) throws IOException {
        checkOpen();
        finished = true;
        closeGroup();
        long contentFrameBytes = queue.drain();
        int journalFrame = queue.nextIndex();
        writeJournal(lines);
        int journalFrames = queue.nextIndex() - journalFrame;
        queue.add(new byte[EOF_BYTES]);
        queue.drain();
        byte[] toc = TocWriter.json(members, lines, MemberName.journal(header.pack()), journalFrame, journalFrames);
        queue.writeSkippable(Skippable.of(encoder.encode(toc, toc.length)));
        long tocEnd = queue.drain();
        byte[] seekTable = SeekTable.of(queue.frames());
        queue.writeEnd(seekTable);
        long packBytes = tocEnd + seekTable.length;
        return new PackSummary(
                packBytes,
                MemberPlaces.chunks(header.pack(), members, queue.frames()),
                contentFrameBytes,
                packBytes - contentFrameBytes);
    }

    private void writeJournal(List<JournalLine> lines) throws IOException {
        ByteCount size = new ByteCount();
        writeLines(size, lines);
        try (FrameCutter out = new FrameCutter(queue)) {
            out.write(TarHeader.of(
                    MemberName.journal(header.pack()),
                    size.bytes(),
                    0600,
                    0,
                    0,
                    header.at().getEpochSecond()));
            writeLines(out, lines);
            out.write(new byte[TarHeader.padding(size.bytes())]);
        }
    }

    private void writeLines(OutputStream out, List<JournalLine> lines) throws IOException {
        try (JournalWriter journal = new JournalWriter(out, members)) {
            journal.write(header);
            for (JournalLine line : lines) {
                journal.write(line);
            }
        }
    }

    private void closeGroup() throws IOException {
        if (group.size() > 0) {
            byte[] content = group.toByteArray();
            group.reset();
            queue.add(content);
        }
    }

    private void checkOpen() {
        if (finished) {
            throw new IllegalStateException("pack " + header.pack().text() + " is finished already");
        }
    }

    private static byte[] read(PackMember member) throws IOException {
        int length = (int) member.content().lengthBytes();
        try (InputStream in = member.content().open(0)) {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length != length || in.read() >= 0) {
                throw new IOException("the content of \"" + member.name() + "\" is not " + length
                        + " bytes long, as it said; it is left out of the pack");
            }
            return bytes;
        }
    }
}
