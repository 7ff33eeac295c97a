package io.keepwatch.layout.pack;

/**
 * Where the bytes of a content lie: in one zstd frame of a pack, or several frames in a row, at an offset within what they
 * decompress to. Offsets and sizes in bytes; {@code frameOffset} counts from the start of the pack, before encryption.
 */
public record ChunkPlace(PackName pack, long frameOffset, long frameBytes, long innerOffset, long sizeBytes) {}
