package io.keepwatch.action;

import io.keepwatch.unit.ByteSize;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Backs up paths when a step asks for it. Any thread; returns at once. */
public interface Backups {
    /** Fails with an IOException that says why. */
    CompletionStage<Done> backup(Request request);

    /**
     * What to back up.
     *
     * @param paths absolute
     * @param high whether it goes before everything else that waits
     * @param durable whether the stage ends only when all of it is durable
     * @param snapshot whether all of it is stored as it is at one moment; then the first two come of themselves
     */
    record Request(List<String> paths, boolean high, boolean durable, Optional<FromSnapshot> snapshot) {
        public Request {
            paths = List.copyOf(paths);
        }
    }

    /** @param room what may change of a logical volume meanwhile */
    record FromSnapshot(Optional<ByteSize> room) {}

    /**
     * What was done.
     *
     * @param changes that were found
     * @param snapshotAt the moment whose state is stored
     */
    record Done(int changes, Optional<Instant> snapshotAt) {}
}
