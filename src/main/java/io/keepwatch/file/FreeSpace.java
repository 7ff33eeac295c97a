package io.keepwatch.file;

/** What this process may still use of a file system. {@code inodes} is {@link Long#MAX_VALUE} where there is no such limit. */
public record FreeSpace(long bytes, long inodes) {}
