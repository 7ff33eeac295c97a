package io.keepwatch.layout.pack;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Reads the lines of a journal one after the other. For one thread. */
public final class JournalReader implements Closeable {
    JournalReader() {}

    /** Empty after the last line, once everything before it is known to be undamaged. */
    public Optional<JournalLine> next() throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() throws IOException {}
}
