package io.keepwatch.layout.pack;

/**
 * What is known of a pack's object without reading it.
 *
 * @param bytes the size of the object, after encryption
 * @param md5 of the object, in hex; most stores answer with it as the ETag
 */
public record PackFacts(PackName name, long bytes, String md5) {}
