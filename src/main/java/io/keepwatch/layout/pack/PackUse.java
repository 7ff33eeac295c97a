package io.keepwatch.layout.pack;

import java.time.Instant;

/**
 * How much of a stored pack is needed.
 *
 * @param frameBytes what the frames with contents take, all of them
 * @param neededBytes what those frames take that hold something a version needs
 * @param versions how many versions have their journal line in it
 */
public record PackUse(PackFacts pack, Instant storedAt, long frameBytes, long neededBytes, long versions) {
    /** Whether nothing would be lost without it. */
    public boolean isDead() {
        return neededBytes == 0 && versions == 0;
    }
}
