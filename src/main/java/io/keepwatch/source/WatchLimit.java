package io.keepwatch.source;

import java.io.IOException;

/** Recognises the JDK's answer to an exhausted limit of inotify; it has no type of its own. */
final class WatchLimit {
    private WatchLimit() {}

    static boolean isReached(IOException e) {
        return String.valueOf(e.getMessage()).contains("inotify watches");
    }

    static boolean isOnOpenFiles(IOException e) {
        return String.valueOf(e.getMessage()).contains("Too many open files");
    }

    static boolean isOnInstances(IOException e) {
        return String.valueOf(e.getMessage()).contains("inotify instances");
    }
}
