package io.keepwatch.layout.pack;

import io.keepwatch.file.Sha256;

/** One part of a large file; the parts in order are the file. */
public record Segment(Sha256 hash, long sizeBytes) {}
