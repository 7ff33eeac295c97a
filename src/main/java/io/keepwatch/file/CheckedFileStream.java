package io.keepwatch.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;

/** Reads a file to its expected end; the last chunk is given out only after the file has proved to be unchanged. */
final class CheckedFileStream extends InputStream {
    private static final int CHUNK = 128 * 1024;

    private final OpenedFile file;
    private final FileStat expected;
    private final Optional<Sha256> hash;
    private final MessageDigest digest = Sha256.newDigest();
    private final ByteBuffer chunk;
    private final FileReading in;
    private long unread;

    CheckedFileStream(OpenedFile file, FileStat expected, long offset, Optional<Sha256> hash) throws IOException {
        this.file = file;
        this.expected = expected;
        this.hash = hash;
        this.unread = expected.sizeBytes() - offset;
        this.chunk =
                ByteBuffer.allocate((int) Math.min(CHUNK, Math.max(1, unread))).limit(0);
        checkStat();
        if (unread == 0) {
            checkEnd();
        }
        this.in = file.reading(offset, expected.sizeBytes());
    }

    @Override
    public int read() throws IOException {
        return fill() ? chunk.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, chunk.remaining());
        chunk.get(target, offset, count);
        return count;
    }

    @Override
    public int available() {
        return chunk.remaining();
    }

    private boolean fill() throws IOException {
        if (chunk.hasRemaining()) {
            return true;
        }
        if (unread == 0) {
            return false;
        }
        chunk.clear().limit((int) Math.min(chunk.capacity(), unread));
        while (chunk.hasRemaining()) {
            if (in.read(chunk) < 0) {
                chunk.limit(0);
                throw changed("is shorter than it was");
            }
        }
        chunk.flip();
        if (hash.isPresent()) {
            digest.update(chunk.duplicate());
        }
        unread -= chunk.remaining();
        if (unread == 0) {
            int held = chunk.limit();
            chunk.limit(0);
            checkEnd();
            chunk.limit(held);
        }
        return true;
    }

    private void checkEnd() throws IOException {
        if (hash.isPresent() && !hash.get().equals(Sha256.of(digest.digest()))) {
            throw changed("has other bytes than when it was hashed, with the same size and times");
        }
        checkStat();
    }

    private void checkStat() throws IOException {
        if (!file.stat().sameAs(expected)) {
            throw changed("has changed since it was hashed");
        }
    }

    private ContentChangedException changed(String how) {
        return new ContentChangedException(file.path().toString(), how);
    }

    @Override
    public void close() throws IOException {
        in.close();
        file.close();
    }
}
