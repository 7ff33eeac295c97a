package io.keepwatch.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Set;

/**
 * Reads and hashes files beneath a root: stat, read, stat on the same inode. At most the size of the first stat is read,
 * so a file that grows for ever comes to an end. Blocks; any thread.
 */
public final class FileHasher {
    /** A file up to this size is read once and stays in memory until it is stored. */
    public static final int IN_MEMORY_BYTES = 1 << 20;

    private static final int CHUNK = 128 * 1024;

    private final RootDirectory root;

    public FileHasher(RootDirectory root) {
        this.root = root;
    }

    /**
     * Hashes a file. The content of a small one is held in memory; that of a larger one is read again when it is opened, and
     * then throws where it has changed. Throws {@link ContentChangedException} where the path is no regular file.
     */
    public HashedFile hash(RawPath path) throws IOException {
        return hash(path, true);
    }

    /** The same; {@code mayHold} false: a small content is read again too when it is opened. */
    public HashedFile hash(RawPath path, boolean mayHold) throws IOException {
        try (OpenedFile file = root.open(path)) {
            FileMeta meta = root.meta(file.entry());
            long size = meta.stat().sizeBytes();
            if (mayHold && size <= IN_MEMORY_BYTES) {
                ByteBuffer bytes = ByteBuffer.allocate((int) size);
                Reading reading = read(file, meta, bytes::put);
                byte[] held =
                        bytes.hasRemaining() ? java.util.Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
                return new HashedFile(reading.meta, reading.hash, new MemoryContent(held), reading.changed);
            }
            if (size > SegmentHashes.LARGE_BYTES) {
                SegmentHashes segments = new SegmentHashes(size);
                Reading reading = read(file, meta, segments::update);
                Content content = new FileContent(root, path, meta.stat(), reading.hash, segments.finish());
                return new HashedFile(reading.meta, reading.hash, content, reading.changed);
            }
            Reading reading = read(file, meta, chunk -> {});
            Content content = new FileContent(root, path, meta.stat(), reading.hash);
            return new HashedFile(reading.meta, reading.hash, content, reading.changed);
        }
    }

    /**
     * As {@link #hash}, but copies the bytes into a new file first, which is the content from then on: for a file that never
     * rests. The caller removes the copy; it is not synced.
     */
    public HashedFile copy(RawPath path, Path copy) throws IOException {
        try (OpenedFile file = root.open(path);
                FileChannel out =
                        FileChannel.open(copy, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            Reading reading = read(file, root.meta(file.entry()), chunk -> writeFully(out, chunk));
            Content content = new CopiedContent(copy, reading.meta.stat().sizeBytes());
            return new HashedFile(reading.meta, reading.hash, content, reading.changed);
        }
    }

    /**
     * Hashes a copy that another program made of a file beneath the root, whose metadata this is. The copy is the content from
     * then on; the caller removes it, and nobody writes it any more.
     */
    public static HashedFile ofCopy(FileMeta source, Path copy) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long size = 0;
        try (FileChannel in = FileChannel.open(copy, StandardOpenOption.READ)) {
            while (in.read(chunk.clear()) >= 0) {
                chunk.flip();
                size += chunk.remaining();
                digest.update(chunk);
            }
        }
        return new HashedFile(source.withSize(size), Sha256.of(digest.digest()), new CopiedContent(copy, size), false);
    }

    private Reading read(OpenedFile file, FileMeta before, ChunkSink sink) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        long size = before.stat().sizeBytes();
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, size));
        long read = 0;
        try (FileReading in = file.reading(0, size)) {
            while (read < size) {
                chunk.clear().limit((int) Math.min(CHUNK, size - read));
                int count = in.read(chunk);
                if (count < 0) {
                    break;
                }
                read += count;
                chunk.flip();
                digest.update(chunk.duplicate());
                sink.take(chunk);
            }
        }
        boolean changed = read < size || !file.stat().sameAs(before.stat());
        return new Reading(before.withSize(read), Sha256.of(digest.digest()), changed);
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private record Reading(FileMeta meta, Sha256 hash, boolean changed) {}

    private interface ChunkSink {
        void take(ByteBuffer chunk) throws IOException;
    }

    /** A copy that this process made and nobody else writes. */
    private record CopiedContent(Path file, long lengthBytes) implements Content {
        @Override
        public InputStream open(long offset) throws IOException {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return java.nio.channels.Channels.newInputStream(channel.position(offset));
        }
    }
}
