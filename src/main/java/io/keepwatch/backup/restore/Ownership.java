package io.keepwatch.backup.restore;

/** How the owner of a restored entry is found, when Keepwatch runs as root. */
public enum Ownership {
    /** By the numbers of the host that was backed up. */
    NUMBERS,
    /** By the names, where this host knows them, else by the numbers: for a host that numbers its users differently. */
    NAMES
}
