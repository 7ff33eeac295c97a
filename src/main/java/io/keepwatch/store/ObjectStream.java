package io.keepwatch.store;

import java.io.IOException;
import java.io.InputStream;

/** An object that is being read. Reading blocks; closing early drops the connection. */
public record ObjectStream(ObjectInfo info, InputStream body) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        body.close();
    }
}
