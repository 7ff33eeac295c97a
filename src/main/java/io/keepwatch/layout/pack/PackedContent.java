package io.keepwatch.layout.pack;

import io.keepwatch.file.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/** A content in one chunk or in segments, which may lie in several packs. Each opening reads the chunks anew, in order. */
record PackedContent(List<ChunkPlace> parts, FrameSource source) implements Content {
    @Override
    public long lengthBytes() {
        return parts.stream().mapToLong(ChunkPlace::sizeBytes).sum();
    }

    @Override
    public InputStream open(long offset) throws IOException {
        int first = 0;
        long before = offset;
        while (first < parts.size() && before >= parts.get(first).sizeBytes()) {
            before -= parts.get(first++).sizeBytes();
        }
        InputStream in = new Chunks(parts.subList(first, parts.size()).iterator());
        in.skipNBytes(before);
        return in;
    }

    /** One chunk after the other; a chunk is opened when the one before has ended. */
    private final class Chunks extends InputStream {
        private final Iterator<ChunkPlace> rest;
        private InputStream chunk = InputStream.nullInputStream();
        private long left;

        Chunks(Iterator<ChunkPlace> rest) {
            this.rest = rest;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int count = chunk.read(buffer, offset, length);
            while (count < 0) {
                if (left > 0) {
                    throw new EOFException("a content in a pack ended " + left + " bytes too early");
                }
                chunk.close();
                if (!rest.hasNext()) {
                    return -1;
                }
                ChunkPlace next = rest.next();
                chunk = FrameStream.open(source.frames(next), next);
                left = next.sizeBytes();
                count = chunk.read(buffer, offset, length);
            }
            left -= count;
            return count;
        }

        @Override
        public void close() throws IOException {
            chunk.close();
        }
    }
}
