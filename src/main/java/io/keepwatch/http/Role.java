package io.keepwatch.http;

/** What somebody may do, from least to most. */
public enum Role {
    NONE,
    /** See everything, file contents included. */
    READ,
    /** Back up, restore, approve, silence, replay and reload as well. */
    OPERATE
}
