package io.keepwatch.source;

/** Whether a path is backed up, or why not. */
public enum Verdict {
    INCLUDED,
    /** An exclude pattern matches it or one of its parents. */
    EXCLUDED,
    /** There are include patterns and none matches. */
    NOT_INCLUDED,
    /** Keepwatch's own files. */
    OWN_STATE,
    SOCKET,
    TOO_LARGE;

    /** Whether a person should hear of it: nobody wrote a pattern that says so. */
    public boolean isTold() {
        return this == SOCKET || this == TOO_LARGE;
    }
}
