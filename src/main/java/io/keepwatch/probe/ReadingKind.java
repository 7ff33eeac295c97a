package io.keepwatch.probe;

/**
 * A value that a probe can read.
 *
 * @param name with its base unit
 * @param subject what it is measured on, in words; empty where it is the host
 * @param meaning one phrase
 */
public record ReadingKind(String name, String subject, String meaning) {}
