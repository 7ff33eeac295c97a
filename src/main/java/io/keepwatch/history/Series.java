package io.keepwatch.history;

/** One reading of one subject over time. */
public record Series(String name, String subject) {}
