package io.keepwatch.layout.pack;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.Sha256;
import java.util.Optional;

/**
 * A member as the table of contents has it.
 *
 * @param line the number of the journal line that tells hash and name; 0 where the table does
 */
record TocMember(int frame, int offset, int sizeBytes, int line, Optional<Named> named)
        implements Comparable<TocMember> {
    record Named(Bytes name, Sha256 hash) {}

    @Override
    public int compareTo(TocMember other) {
        return frame == other.frame ? Integer.compare(offset, other.offset) : Integer.compare(frame, other.frame);
    }
}
