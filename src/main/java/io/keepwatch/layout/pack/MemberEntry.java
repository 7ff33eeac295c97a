package io.keepwatch.layout.pack;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.Sha256;

/** A member with its place: the number of its frame and the offset in what the frame decompresses to. */
record MemberEntry(Bytes name, Sha256 hash, int frame, int offset, int sizeBytes) {}
