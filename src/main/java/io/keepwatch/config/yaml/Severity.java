package io.keepwatch.config.yaml;

/** Whether a file with this problem can be used. */
public enum Severity {
    /** The file is refused. */
    ERROR,
    /** The file is used; a person should know this. */
    NOTE
}
