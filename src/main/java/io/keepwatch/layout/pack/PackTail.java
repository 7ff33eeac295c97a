package io.keepwatch.layout.pack;

import java.io.IOException;
import java.util.List;

/**
 * The end of a pack: all that a rebuild needs. What is read may come from anybody; nothing is allocated for what it
 * merely says. Immutable.
 */
public final class PackTail {
    private PackTail() {}

    /**
     * How many bytes of the end have to be known to parse it, as far as these tell: no more than there are in {@code
     * tail} where they suffice. Asked again with more, it may name a larger number, twice at most.
     *
     * @param packBytes the size of the whole pack
     */
    public static long bytesNeeded(byte[] tail, long packBytes) throws PackFormatException {
        throw new UnsupportedOperationException();
    }

    /** Takes the array as it is; the caller no longer changes it. */
    public static PackTail parse(PackName name, byte[] tail, long packBytes) throws IOException {
        throw new UnsupportedOperationException();
    }

    public PackHeader header() {
        throw new UnsupportedOperationException();
    }

    /** Every frame of the pack, in order, but that of the seek table. */
    public List<Frame> frames() {
        throw new UnsupportedOperationException();
    }

    /** How many lines the journal has, the header left out. */
    public int lines() {
        throw new UnsupportedOperationException();
    }

    /** Reads the journal line by line, little of it at a time. Throws at the end where it was damaged. */
    public JournalReader journal() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The members in order. Reads the journal. */
    public List<Chunk> chunks() throws IOException {
        throw new UnsupportedOperationException();
    }
}
