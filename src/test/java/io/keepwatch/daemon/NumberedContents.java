package io.keepwatch.daemon;

import io.keepwatch.file.Sha256;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Contents of files that a number makes. Number 0 is stored in segments, and 1 is the same with another middle; half of
 * the others have a frame of their own, so that a part of a pack can be needed, and the others share one.
 */
final class NumberedContents {
    private final Map<Integer, byte[]> contents = new HashMap<>();
    private final Map<Sha256, byte[]> byHash = new HashMap<>();

    byte[] of(int number) {
        return contents.computeIfAbsent(number, missing -> {
            byte[] bytes = new byte
                    [number < 2 ? (16 << 20) + 12_345 : number % 2 == 0 ? (256 << 10) + number : 1_000 + 37 * number];
            new Random(number < 2 ? 0 : number).nextBytes(bytes);
            if (number == 1) {
                bytes[9 << 20]++;
            }
            byHash.put(Sha256.hash(bytes), bytes);
            return bytes;
        });
    }

    /** One that was asked for by its number before. */
    byte[] with(Sha256 hash) {
        return Optional.ofNullable(byHash.get(hash)).orElseThrow();
    }
}
