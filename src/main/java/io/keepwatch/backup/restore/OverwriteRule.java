package io.keepwatch.backup.restore;

/** What happens to an entry that exists and differs from the version to restore. An equal one is always left alone. */
public enum OverwriteRule {
    /** It stays and is reported. */
    NEVER,
    /** It is replaced when it was modified earlier than the version. */
    OLDER,
    /** It is replaced. A directory that is not empty is never replaced by something else. */
    ALWAYS
}
