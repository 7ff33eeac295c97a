package io.keepwatch.action;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Backs up paths when a step asks for it. Any thread; returns at once. */
public interface Backups {
    /** The number of changes that were found. Fails with an IOException that says why. */
    CompletionStage<Integer> backup(Request request);

    /**
     * What to back up.
     *
     * @param paths absolute
     * @param high whether it goes before everything else that waits
     * @param durable whether the stage ends only when all of it is durable
     */
    record Request(List<String> paths, boolean high, boolean durable) {
        public Request {
            paths = List.copyOf(paths);
        }
    }
}
