package io.keepwatch.action;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** Brings paths back when a step asks for it. Any thread; returns at once. */
public interface Restores {
    /**
     * The number of files that were brought back. Fails with an IOException that says why.
     *
     * @param cancelled once it holds, the restore ends behind the files it is at, and fails
     */
    CompletionStage<Integer> restore(Request request, BooleanSupplier cancelled);

    /**
     * What to bring back.
     *
     * @param paths absolute
     * @param to an absolute folder; empty for where they were
     * @param at empty for the newest versions
     * @param overwrite whether files that are there are replaced
     */
    record Request(List<String> paths, Optional<String> to, Optional<Instant> at, boolean overwrite) {
        public Request {
            paths = List.copyOf(paths);
        }
    }
}
