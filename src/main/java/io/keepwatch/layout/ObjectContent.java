package io.keepwatch.layout;

import io.keepwatch.file.Content;
import io.keepwatch.store.GetObject;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.ObjectStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The content of an object. The first reading uses the answer that is there already; a later one, or one from another
 * offset, asks the store again and insists on the same ETag. Reading blocks.
 */
public final class ObjectContent implements Content {
    private final ObjectStore store;
    private final GetObject request;
    private final String etag;
    private final long lengthBytes;
    private final AtomicReference<Optional<ObjectStream>> answered;

    /** {@code request} is the one that was answered, without a range. */
    public ObjectContent(ObjectStore store, GetObject request, ObjectStream answer) {
        this.store = store;
        this.request = request;
        this.etag = answer.info().etag();
        this.lengthBytes = answer.info().sizeBytes();
        this.answered = new AtomicReference<>(Optional.of(answer));
    }

    @Override
    public long lengthBytes() {
        return lengthBytes;
    }

    @Override
    public InputStream open(long offset) throws IOException {
        Optional<ObjectStream> answer = answered.getAndSet(Optional.empty());
        if (answer.isPresent()) {
            if (offset == 0) {
                return new Exact(answer.get().body(), lengthBytes);
            }
            answer.get().close();
        }
        return offset == lengthBytes
                ? InputStream.nullInputStream()
                : new Exact(ask(offset).body(), lengthBytes - offset);
    }

    private ObjectStream ask(long offset) throws IOException {
        GetObject.ByteRange range = new GetObject.ByteRange(offset, lengthBytes - 1);
        ObjectStream stream = await(new GetObject(request.key(), request.versionId(), Optional.of(range)))
                .orElseThrow(() -> new IOException("object \"" + request.key() + "\" was removed while it was read"));
        if (!stream.info().etag().equals(etag)) {
            stream.close();
            throw new IOException("object \"" + request.key() + "\" was replaced while it was read: start again");
        }
        return stream;
    }

    private Optional<ObjectStream> await(GetObject ranged) throws IOException {
        try {
            return store.get(ranged).toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("reading object \"" + request.key() + "\" was interrupted");
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }

    /** Gives so many bytes and no more, and throws where there are fewer. */
    private final class Exact extends FilterInputStream {
        private long left;

        Exact(InputStream body, long lengthBytes) {
            super(body);
            this.left = lengthBytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = super.read(buffer, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("object \"" + request.key() + "\" ended " + left + " bytes too early");
            }
            left -= count;
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
