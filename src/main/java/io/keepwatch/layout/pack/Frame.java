package io.keepwatch.layout.pack;

/**
 * One entry of the seek table.
 *
 * @param offset from the start of the pack
 * @param bytes compressed
 * @param contentBytes what it decompresses to; 0 for the table of contents
 * @param checksum the low half of the XXH64 of what it decompresses to
 */
public record Frame(long offset, long bytes, long contentBytes, int checksum) {}
