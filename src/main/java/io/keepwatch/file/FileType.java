package io.keepwatch.file;

/** What a directory entry is, from the type bits of its mode. */
public enum FileType {
    REGULAR,
    DIRECTORY,
    SYMLINK,
    FIFO,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    /** Never backed up: a socket has no content and its listener makes it anew. */
    SOCKET
}
