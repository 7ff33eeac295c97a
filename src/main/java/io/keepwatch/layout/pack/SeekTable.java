package io.keepwatch.layout.pack;

import java.util.ArrayList;
import java.util.List;

/** The index at the end of a pack, in the Zstandard Seekable Format: one entry for each frame before it. */
final class SeekTable {
    static final int FOOTER_BYTES = 9;
    static final int MAX_FRAMES = 1 << 20;
    private static final int SKIPPABLE_MAGIC = 0x184D2A5E;
    private static final int SEEKABLE_MAGIC = 0x8F92EAB1;
    private static final int ENTRY_BYTES = 12;
    private static final byte WITH_CHECKSUMS = (byte) 0x80;

    private SeekTable() {}

    static byte[] of(List<Frame> frames) {
        if (frames.size() > MAX_FRAMES) {
            throw new IllegalStateException(
                    "a pack holds at most " + MAX_FRAMES + " frames, but this one has " + frames.size());
        }
        byte[] table = new byte[Math.toIntExact(sizeBytes(frames.size()))];
        LittleEndian.put(table, 0, SKIPPABLE_MAGIC);
        LittleEndian.put(table, 4, table.length - 8);
        int at = 8;
        for (Frame frame : frames) {
            LittleEndian.put(table, at, (int) frame.bytes());
            LittleEndian.put(table, at + 4, (int) frame.contentBytes());
            LittleEndian.put(table, at + 8, frame.checksum());
            at += ENTRY_BYTES;
        }
        LittleEndian.put(table, at, frames.size());
        table[at + 4] = WITH_CHECKSUMS;
        LittleEndian.put(table, at + 5, SEEKABLE_MAGIC);
        return table;
    }

    /** How long the table is, as the footer at the end of {@code tail} tells; at least the footer must be there. */
    static long sizeBytes(byte[] tail, long packBytes) throws PackFormatException {
        int footer = tail.length - FOOTER_BYTES;
        if (LittleEndian.get(tail, footer + 5) != SEEKABLE_MAGIC || tail[footer + 4] != WITH_CHECKSUMS) {
            throw new PackFormatException(
                    "does not end with a Zstandard seek table with checksums: cut short, overwritten or no pack");
        }
        long count = LittleEndian.unsigned(tail, footer);
        long size = sizeBytes(count);
        if (count > MAX_FRAMES || size > packBytes) {
            throw new PackFormatException("its seek table says it has " + count + " frames, more than "
                    + (count > MAX_FRAMES ? "any pack has" : "fit into " + packBytes + " bytes"));
        }
        return size;
    }

    /** The whole table must be there. */
    static List<Frame> parse(byte[] tail, long packBytes) throws PackFormatException {
        int size = (int) sizeBytes(tail, packBytes);
        int start = tail.length - size;
        if (LittleEndian.get(tail, start) != SKIPPABLE_MAGIC || LittleEndian.get(tail, start + 4) != size - 8) {
            throw new PackFormatException("its seek table does not begin where its end says it does");
        }
        List<Frame> frames = new ArrayList<>();
        long offset = 0;
        for (int at = start + 8; at < tail.length - FOOTER_BYTES; at += ENTRY_BYTES) {
            Frame frame = new Frame(
                    offset,
                    LittleEndian.unsigned(tail, at),
                    LittleEndian.unsigned(tail, at + 4),
                    LittleEndian.get(tail, at + 8));
            frames.add(frame);
            offset += frame.bytes();
        }
        if (offset != packBytes - size) {
            throw new PackFormatException("its frames take " + offset + " bytes by the seek table, but "
                    + (packBytes - size) + " bytes stand before it");
        }
        return List.copyOf(frames);
    }

    private static long sizeBytes(long frames) {
        return 8 + frames * ENTRY_BYTES + FOOTER_BYTES;
    }
}
