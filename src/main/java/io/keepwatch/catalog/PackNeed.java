package io.keepwatch.catalog;

import java.time.Instant;

/**
 * How much of a stored pack is needed.
 *
 * @param frameBytes what its frames take, each counted once
 * @param neededBytes what those of them take that hold something a version needs
 * @param versions how many versions have it as their location
 */
public record PackNeed(PackRecord pack, Instant stored, long frameBytes, long neededBytes, long versions) {}
