package io.keepwatch.source;

import io.keepwatch.file.RawPath;

/** What a {@link TreeWatch} tells. Called on the thread that drains the kernel's queue: each method must return at once. */
interface WatchSignals {
    void changed(RawPath path);

    void treeChanged(RawPath directory, String reason);

    /** The limit on watches left this many directories without one. */
    void unwatched(long directories);

    /** Notifications may have been lost, or directories left out: the watch must be made anew. */
    void incomplete(String reason);

    /** The watch is over although nobody closed it. */
    void ended();
}
