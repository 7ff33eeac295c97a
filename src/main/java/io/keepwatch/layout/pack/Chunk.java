package io.keepwatch.layout.pack;

import io.keepwatch.file.Sha256;

/** Bytes that are stored once, whole files or the segments of large ones, known by their hash. */
public record Chunk(Sha256 hash, ChunkPlace place) {}
