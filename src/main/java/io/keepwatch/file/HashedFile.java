package io.keepwatch.file;

/**
 * A regular file that was read once. {@code meta} and {@code hash} belong to the bytes of {@code content}. Where {@code
 * changedWhileRead}, the bytes may mix two states: read again later, or store them marked as inconsistent.
 */
public record HashedFile(FileMeta meta, Sha256 hash, Content content, boolean changedWhileRead) {}
