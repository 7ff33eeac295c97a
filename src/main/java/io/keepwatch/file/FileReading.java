package io.keepwatch.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * Reads a file from a place on. Where its file system tells of a hole, the zeros come from memory: of 10 GiB with 1 MiB of data,
 * 1 MiB is read. A hole that is filled meanwhile is a change like any other: the stat tells of it afterwards. One thread.
 */
final class FileReading implements AutoCloseable {
    private static final byte[] ZEROS = new byte[128 * 1024];

    private final FileChannel channel;
    private final Optional<Holes> holes;
    private long position;
    /** Up to here it is known what comes. */
    private long edge;

    private boolean inHole;

    /** Takes the holes over, and closes them. */
    FileReading(FileChannel channel, Optional<Holes> holes, long position) {
        this.channel = channel;
        this.holes = holes;
        this.position = position;
        this.edge = position;
    }

    /** As a channel does; a hole has no end but that of the file that was asked for, so the caller counts. */
    int read(ByteBuffer target) throws IOException {
        if (holes.isPresent() && position >= edge) {
            look(holes.get());
        }
        int limit = target.limit();
        if (position < edge) {
            target.limit((int) Math.min(limit, target.position() + Math.min(limit, edge - position)));
        }
        int count = inHole ? zeros(target) : channel.read(target, position);
        target.limit(limit);
        position += Math.max(0, count);
        return count;
    }

    private void look(Holes asked) throws IOException {
        long data = asked.dataFrom(position);
        inHole = data > position;
        edge = inHole ? data : asked.holeFrom(position);
    }

    private static int zeros(ByteBuffer target) {
        int count = Math.min(target.remaining(), ZEROS.length);
        target.put(ZEROS, 0, count);
        return count;
    }

    @Override
    public void close() {
        holes.ifPresent(Holes::close);
    }
}
