package io.keepwatch.catalog;

import java.nio.file.Path;

/** Another daemon works on the same state directory. */
public final class CatalogLockedException extends CatalogException {
    private final long pid;

    CatalogLockedException(Path stateDirectory, long pid) {
        super(
                "the state directory " + stateDirectory + " is in use by "
                        + (pid == 0 ? "another process" : "the process with pid " + pid)
                        + ": stop that daemon, or give this one a state directory of its own",
                null);
        this.pid = pid;
    }

    /** The process that holds the lock; 0 where it has not written its pid yet. */
    public long pid() {
        return pid;
    }
}
