package io.keepwatch.layout.pack;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Writes one pack in one pass, as docs/pack-format.md describes. Frames are compressed on the executor, decompressed
 * again and compared; a few of them are in memory at a time, never the pack. The thread that adds does the work itself
 * where the executor does not, so any executor will do. For one thread; blocks. After an IOException of the stream the
 * pack is lost.
 */
public final class PackWriter {
    public PackWriter(OutputStream out, PackHeader header, PackOptions options, Executor executor) {}

    /**
     * Adds a content and returns its number, from 0. A content that is in this pack already is not stored again, and its
     * number is returned. Where reading the content throws, the pack is as before and may go on.
     */
    public int add(PackMember member) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** How many bytes of contents were added, before compression. */
    public long addedBytes() {
        throw new UnsupportedOperationException();
    }

    /** Writes journal and tables, and flushes the stream; closing it is left to the caller. */
    public PackSummary finish(List<JournalLine> lines) throws IOException {
        throw new UnsupportedOperationException();
    }
}
