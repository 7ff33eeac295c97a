package io.keepwatch.catalog;

import io.keepwatch.file.Sha256;

/** Where the bytes of a hash lie in a pack. Offsets and sizes in bytes. */
public record ChunkRecord(
        Sha256 hash, String pack, long frameOffset, long frameBytes, long innerOffset, long sizeBytes) {}
