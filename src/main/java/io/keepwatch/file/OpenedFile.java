package io.keepwatch.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** A regular file that is open for reading, and the stat of that very inode at any time. One thread at a time. */
public final class OpenedFile implements AutoCloseable {
    private final HeldEntry entry;
    private final FileChannel channel;
    private final RawPath path;

    private OpenedFile(HeldEntry entry, FileChannel channel, RawPath path) {
        this.entry = entry;
        this.channel = channel;
        this.path = path;
    }

    /** Takes the entry over: it is closed with the file, and also when this fails. */
    static OpenedFile of(HeldEntry entry, RawPath path) throws IOException {
        try {
            return new OpenedFile(entry, entry.read(), path);
        } catch (IOException e) {
            entry.close();
            throw e;
        }
    }

    /** The path beneath the root, as it was opened. */
    public RawPath path() {
        return path;
    }

    public FileStat stat() throws IOException {
        return entry.stat();
    }

    public FileChannel channel() {
        return channel;
    }

    /** The same bytes, without reading the holes of a file of this size. */
    FileReading reading(long offset, long sizeBytes) throws IOException {
        return new FileReading(
                channel, sizeBytes > FileHasher.IN_MEMORY_BYTES ? entry.holes() : Optional.empty(), offset);
    }

    /** The bytes from there on; unbuffered. Closing the stream closes the file. */
    public InputStream from(long offset) throws IOException {
        channel.position(offset);
        return Channels.newInputStream(channel);
    }

    HeldEntry entry() {
        return entry;
    }

    @Override
    public void close() throws IOException {
        try (entry) {
            channel.close();
        }
    }
}
