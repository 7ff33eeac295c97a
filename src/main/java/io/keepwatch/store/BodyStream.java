package io.keepwatch.store;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** The body of an answer. Errors are IOExceptions, and closing before the end drops the connection instead of reading on. */
final class BodyStream extends FilterInputStream {
    private final ResponseInputStream<?> body;
    private boolean ended;

    BodyStream(ResponseInputStream<?> body) {
        super(body);
        this.body = body;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int read = body.read(bytes, offset, length);
            ended |= read < 0;
            return read;
        } catch (SdkException | IllegalStateException e) {
            throw new IOException(
                    "the connection to the store was lost while an object was read: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            body.close();
        } else {
            body.abort();
        }
    }
}
