package io.keepwatch.file;

import java.io.IOException;

/** Where an open file has data and where it has holes, which read as zeros. Blocks; one thread at a time. */
sealed interface Holes extends AutoCloseable permits LinuxHoles {
    /** The first data at or after this place; {@link Long#MAX_VALUE} where there is none up to the end. */
    long dataFrom(long offset) throws IOException;

    /** The first hole at or after this place, which has data; the end of the file counts as one. */
    long holeFrom(long offset) throws IOException;

    @Override
    void close();
}
