package io.keepwatch.event;

/** How much a value asks for a person, from least to most. */
public enum Severity {
    OK,
    WARNING,
    CRITICAL
}
