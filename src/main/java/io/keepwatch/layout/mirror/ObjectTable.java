package io.keepwatch.layout.mirror;

import io.keepwatch.file.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys with size and ETag, as hashes: 24 bytes an entry and at most half full, so a million objects take 48 to 96 MB.
 * Two keys with the same 128 bits of SHA-256 would be taken for one. Not for concurrent use.
 */
final class ObjectTable {
    private long[] high = new long[1 << 10];
    private long[] low = new long[1 << 10];
    /** Never 0 in a place that is taken. */
    private long[] states = new long[1 << 10];

    private int size;

    int size() {
        return size;
    }

    void put(String key, long sizeBytes, String etag) {
        if (2 * (size + 1) > states.length) {
            grow();
        }
        ByteBuffer hash = hash(key);
        put(hash.getLong(), hash.getLong(), state(sizeBytes, etag));
    }

    boolean contains(String key) {
        return states[find(key)] != 0;
    }

    boolean contains(String key, long sizeBytes, String etag) {
        return states[find(key)] == state(sizeBytes, etag);
    }

    private int find(String key) {
        ByteBuffer hash = hash(key);
        return find(hash.getLong(), hash.getLong());
    }

    private int find(long h, long l) {
        int mask = states.length - 1;
        int place = (int) h & mask;
        while (states[place] != 0 && (high[place] != h || low[place] != l)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void put(long h, long l, long state) {
        int place = find(h, l);
        size += states[place] == 0 ? 1 : 0;
        high[place] = h;
        low[place] = l;
        states[place] = state;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        long[] oldStates = states;
        int capacity = oldStates.length * 2;
        high = new long[capacity];
        low = new long[capacity];
        states = new long[capacity];
        size = 0;
        for (int i = 0; i < oldStates.length; i++) {
            if (oldStates[i] != 0) {
                put(oldHigh[i], oldLow[i], oldStates[i]);
            }
        }
    }

    private static long state(long sizeBytes, String etag) {
        return hash(sizeBytes + " " + etag).getLong() | 1;
    }

    private static ByteBuffer hash(String text) {
        return ByteBuffer.wrap(
                Arrays.copyOf(Sha256.hash(text.getBytes(StandardCharsets.UTF_8)).bytes(), 2 * Long.BYTES));
    }
}
