package io.keepwatch.store;

import io.keepwatch.file.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Contents one after the other, as one. Only the one that is being read is open. */
public final class JoinedContent implements Content {
    private final List<Content> contents;
    private final long lengthBytes;

    public JoinedContent(List<Content> contents) {
        this.contents = List.copyOf(contents);
        this.lengthBytes =
                this.contents.stream().mapToLong(Content::lengthBytes).sum();
    }

    @Override
    public long lengthBytes() {
        return lengthBytes;
    }

    @Override
    public InputStream open(long offset) throws IOException {
        int first = 0;
        long inside = offset;
        while (first < contents.size() && inside >= contents.get(first).lengthBytes()) {
            inside -= contents.get(first).lengthBytes();
            first++;
        }
        return first == contents.size()
                ? InputStream.nullInputStream()
                : new Joined(contents.get(first).open(inside), first + 1);
    }

    private final class Joined extends FilterInputStream {
        private int next;

        Joined(InputStream first, int next) {
            super(first);
            this.next = next;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            while (read < 0 && next < contents.size()) {
                in.close();
                in = contents.get(next++).open(0);
                read = in.read(bytes, offset, length);
            }
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = 0;
            while (skipped < count && read() >= 0) {
                skipped++;
            }
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
