package io.keepwatch.layout.pack;

import io.keepwatch.store.GetObject;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.ObjectStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads the end of a pack: a guess, and what is missing of it by one more request. An encrypted pack is fetched whole, and
 * its end is read from there.
 */
final class TailReader {
    private static final long SMALLEST_GUESS = 64L << 10;
    private static final long LARGEST_GUESS = 1L << 20;
    /** No pack this program wrote has a larger end; a larger number is damage or malice. */
    private static final long LIMIT = 1L << 30;

    private final Ranges ranges;

    private TailReader(Ranges ranges) {
        this.ranges = ranges;
    }

    private interface Ranges {
        byte[] read(PackName name, long from, long to) throws IOException;
    }

    /** For packs that are not encrypted. */
    static TailReader ofBucket(ObjectStore store, PackKeys keys) {
        return new TailReader((name, from, to) -> {
            GetObject request = new GetObject(
                    keys.pack(name), Optional.empty(), Optional.of(new GetObject.ByteRange(from, to - 1)));
            try (ObjectStream stream = PackRanges.await(store.get(request), keys.pack(name))) {
                byte[] bytes = stream.body().readNBytes((int) (to - from));
                if (bytes.length < to - from) {
                    throw new PackFormatException(
                            "the store gave " + bytes.length + " bytes instead of " + (to - from));
                }
                return bytes;
            }
        });
    }

    static TailReader of(OpenedPacks packs) {
        return new TailReader(packs::read);
    }

    /** Blocks. */
    PackTail read(PackName name, long packBytes) throws IOException {
        return read(name, packBytes, Math.max(SMALLEST_GUESS, Math.min(LARGEST_GUESS, packBytes / 16)));
    }

    /** Asks for so many bytes first. Blocks. */
    PackTail read(PackName name, long packBytes, long guess) throws IOException {
        long have = Math.min(packBytes, guess);
        byte[] tail = ranges.read(name, packBytes - have, packBytes);
        for (long needed = PackTail.bytesNeeded(name, tail, packBytes);
                needed > tail.length;
                needed = PackTail.bytesNeeded(name, tail, packBytes)) {
            byte[] before = ranges.read(name, packBytes - checked(needed), packBytes - tail.length);
            byte[] longer = new byte[before.length + tail.length];
            System.arraycopy(before, 0, longer, 0, before.length);
            System.arraycopy(tail, 0, longer, before.length, tail.length);
            tail = longer;
        }
        return PackTail.parse(name, tail, packBytes);
    }

    private static long checked(long needed) throws IOException {
        if (needed > LIMIT) {
            throw new PackFormatException("its end says that it has " + needed + " bytes, which no pack has");
        }
        return needed;
    }
}
