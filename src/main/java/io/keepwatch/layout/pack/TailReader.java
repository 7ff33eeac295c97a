package io.keepwatch.layout.pack;

import io.keepwatch.store.GetObject;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.ObjectStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads the end of a pack: a guess, and what is missing of it by one more request. An encrypted pack has no end that can be
 * read alone, so it is read whole.
 */
final class TailReader {
    private static final long SMALLEST_GUESS = 64L << 10;
    private static final long LARGEST_GUESS = 1L << 20;
    /** No pack this program wrote has a larger end; a larger number is damage or malice. */
    private static final long LIMIT = 1L << 30;

    private final ObjectStore store;
    private final PackKeys keys;
    private final PackCipher cipher;

    TailReader(ObjectStore store, PackKeys keys, PackCipher cipher) {
        this.store = store;
        this.keys = keys;
        this.cipher = cipher;
    }

    /** Blocks. */
    PackTail read(PackName name, long packBytes) throws IOException {
        if (!cipher.suffix().isEmpty()) {
            byte[] whole = decrypted(name, packBytes);
            return PackTail.parse(name, whole, whole.length);
        }
        long have = Math.min(packBytes, Math.max(SMALLEST_GUESS, Math.min(LARGEST_GUESS, packBytes / 16)));
        byte[] tail = range(name, packBytes - have, packBytes);
        for (long needed = PackTail.bytesNeeded(name, tail, packBytes);
                needed > tail.length;
                needed = PackTail.bytesNeeded(name, tail, packBytes)) {
            byte[] before = range(name, packBytes - checked(needed), packBytes - tail.length);
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

    private byte[] decrypted(PackName name, long packBytes) throws IOException {
        try (ObjectStream stream = get(name, 0, packBytes);
                InputStream plain = cipher.decrypt(stream.body())) {
            return plain.readNBytes((int) LIMIT);
        }
    }

    private byte[] range(PackName name, long from, long to) throws IOException {
        try (ObjectStream stream = get(name, from, to)) {
            byte[] bytes = stream.body().readNBytes((int) (to - from));
            if (bytes.length < to - from) {
                throw new PackFormatException("the store gave " + bytes.length + " bytes instead of " + (to - from));
            }
            return bytes;
        }
    }

    private ObjectStream get(PackName name, long from, long to) throws IOException {
        return PackRanges.await(
                store.get(new GetObject(
                        keys.pack(name), Optional.empty(), Optional.of(new GetObject.ByteRange(from, to - 1)))),
                keys.pack(name));
    }
}
