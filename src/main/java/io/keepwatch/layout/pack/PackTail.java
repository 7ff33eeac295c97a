package io.keepwatch.layout.pack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The end of a pack: all that a rebuild needs. What is read may come from anybody; nothing is allocated for what it
 * merely says. Any thread.
 */
public final class PackTail {
    private static final int EOF_BYTES = 1_024;

    private final PackName name;
    private final byte[] tail;
    private final long start;
    private final List<Frame> frames;
    private final Toc toc;
    private final PackHeader header;

    private PackTail(PackName name, byte[] tail, long packBytes, List<Frame> frames) throws IOException {
        this.name = name;
        this.tail = tail;
        this.start = packBytes - tail.length;
        this.frames = frames;
        this.toc = readToc(what(name), tail, packBytes, frames);
        checkEof();
        try (JournalReader journal = journal()) {
            this.header = journal.header();
        }
        if (!header.pack().equals(name)) {
            throw new PackFormatException(
                    what(name) + " says that it is " + header.pack().text() + ": it was moved or written by mistake");
        }
    }

    /**
     * How many bytes of the end have to be known to parse it, as far as these tell: no more than there are in {@code
     * tail} where they suffice. Asked again with more, it may name a larger number, three times at most.
     *
     * @param packBytes the size of the whole pack
     */
    public static long bytesNeeded(PackName name, byte[] tail, long packBytes) throws IOException {
        if (packBytes < SeekTable.FOOTER_BYTES || tail.length > packBytes) {
            throw new PackFormatException(what(name) + " has " + packBytes + " bytes, which is not enough for a pack");
        }
        if (tail.length < SeekTable.FOOTER_BYTES) {
            return SeekTable.FOOTER_BYTES;
        }
        try {
            long table = SeekTable.sizeBytes(tail, packBytes);
            if (tail.length < table) {
                return table;
            }
            List<Frame> frames = SeekTable.parse(tail, packBytes);
            long toc = packBytes - tocFrame(frames).offset();
            if (tail.length < toc) {
                return toc;
            }
            int journal = readToc(what(name), tail, packBytes, frames).journalFrame();
            return packBytes - frames.get(journal).offset();
        } catch (PackFormatException e) {
            throw told(name, e);
        }
    }

    /** Takes the array as it is; the caller no longer changes it. */
    public static PackTail parse(PackName name, byte[] tail, long packBytes) throws IOException {
        long needed = bytesNeeded(name, tail, packBytes);
        if (needed > tail.length) {
            throw new PackFormatException(
                    what(name) + " needs its last " + needed + " bytes to be read, but " + tail.length + " are there");
        }
        return new PackTail(name, tail, packBytes, SeekTable.parse(tail, packBytes));
    }

    public PackHeader header() {
        return header;
    }

    /** Every frame of the pack, in order, but that of the seek table. */
    public List<Frame> frames() {
        return frames;
    }

    /** How many lines the journal has, the header left out. */
    public int lines() {
        return toc.lines();
    }

    /** Reads the journal line by line, little of it at a time. Throws at the end where it was damaged. */
    public JournalReader journal() throws IOException {
        String what = "journal of pack " + name.text();
        List<Frame> own = frames.subList(toc.journalFrame(), frames.size() - 2);
        long bytes = 0;
        for (Frame frame : own) {
            if (frame.contentBytes() > FrameLimits.CONTENT_BYTES) {
                throw new PackFormatException(what + " has a frame of " + frame.contentBytes() + " bytes");
            }
            checkStart(what, frame);
            bytes += frame.contentBytes();
        }
        if (bytes > FrameLimits.JOURNAL_BYTES) {
            throw new PackFormatException(what + " is longer than " + FrameLimits.JOURNAL_BYTES + " bytes");
        }
        ZstdStream content = ZstdStream.open(stream(own.get(0), own.get(own.size() - 1)), bytes, what);
        try {
            return new JournalReader(new JournalStream(content, toc.journal(), bytes, what), toc, what);
        } catch (IOException e) {
            content.close();
            throw e;
        }
    }

    /** The members in order. Reads the journal. */
    public List<Chunk> chunks() throws IOException {
        return MemberPlaces.chunks(name, members(), frames);
    }

    /** The members with what the journal says of them. */
    List<MemberEntry> members() throws IOException {
        return MemberLines.read(this, toc.members());
    }

    Toc toc() {
        return toc;
    }

    private void checkEof() throws IOException {
        Frame frame = frames.get(frames.size() - 2);
        String what = "end of the archive in pack " + name.text();
        checkStart(what, frame);
        try (ZstdStream content = ZstdStream.open(stream(frame, frame), EOF_BYTES, what)) {
            if (frame.contentBytes() != EOF_BYTES
                    || !Arrays.equals(content.readExactly(EOF_BYTES), new byte[EOF_BYTES])) {
                throw new PackFormatException(what + " is not " + EOF_BYTES + " zero bytes");
            }
            content.drain();
        }
    }

    /** The seek table holds the checksum that the frame ends with. */
    private void checkStart(String what, Frame frame) throws PackFormatException {
        long end = frame.offset() + frame.bytes() - start;
        if (frame.bytes() < 4 || LittleEndian.get(tail, (int) end - 4) != frame.checksum()) {
            throw new PackFormatException(
                    what + " has a frame at " + frame.offset() + " whose checksum is not the one in the seek table");
        }
    }

    private ByteArrayInputStream stream(Frame first, Frame last) {
        int from = (int) (first.offset() - start);
        return new ByteArrayInputStream(tail, from, (int) (last.offset() + last.bytes() - first.offset()));
    }

    private static Toc readToc(String pack, byte[] tail, long packBytes, List<Frame> frames) throws IOException {
        Frame frame = tocFrame(frames);
        int at = (int) (frame.offset() - (packBytes - tail.length));
        Skippable.check(tail, at, frame.bytes());
        String what = "table of contents of " + pack;
        ByteArrayInputStream compressed = new ByteArrayInputStream(
                tail, at + Skippable.HEADER_BYTES, (int) frame.bytes() - Skippable.HEADER_BYTES);
        try (ZstdStream content = ZstdStream.open(compressed, FrameLimits.TOC_BYTES, what)) {
            return Toc.read(content, frames, what);
        }
    }

    private static Frame tocFrame(List<Frame> frames) throws PackFormatException {
        if (frames.size() < 3) {
            throw new PackFormatException("has " + frames.size() + " frames, but the smallest pack has 3");
        }
        Frame frame = frames.get(frames.size() - 1);
        if (frame.contentBytes() != 0 || frame.checksum() != (int) Xxh64.of(new byte[0], 0)) {
            throw new PackFormatException("says in its seek table that the table of contents is a part of the archive");
        }
        return frame;
    }

    private static PackFormatException told(PackName name, PackFormatException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains(name.text()) ? e : new PackFormatException(what(name) + " " + message, e);
    }

    private static String what(PackName name) {
        return "pack " + name.text();
    }
}
